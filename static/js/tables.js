// Tables that become cards: keep their meaning for screen readers, fill in missing labels, and let the keyboard scroll
// those that do not fit.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

function prepare(wrap) {
  const table = wrap.querySelector("table");
  if (!table) return;
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  for (const element of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td")]) {
    element.setAttribute("role", ROLES[element.tagName]);
  }
  for (const head of table.querySelectorAll("th")) {
    head.setAttribute("role", head.closest("thead") ? "columnheader" : "rowheader");
  }
  for (const cell of table.querySelectorAll("tbody td:not([data-label], [colspan])")) {
    if (heads[cell.cellIndex]) cell.dataset.label = heads[cell.cellIndex];
  }
  new ResizeObserver(() => {
    const overflows = wrap.scrollWidth > wrap.clientWidth + 1;
    const values = { tabindex: "0", role: "region", "aria-label": table.caption?.textContent.trim() || "Tabel" };
    for (const [name, value] of Object.entries(values)) {
      if (overflows) wrap.setAttribute(name, value);
      else wrap.removeAttribute(name);
    }
  }).observe(wrap);
}

document.querySelectorAll("[data-table]").forEach(prepare);
document.addEventListener("htmx:load", (event) => {
  if (event.target === document.body) return;
  if (event.target.matches("[data-table]")) prepare(event.target);
  event.target.querySelectorAll("[data-table]").forEach(prepare);
});
