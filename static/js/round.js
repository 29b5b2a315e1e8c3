// The partner round by keyboard: arrows (or j and k) go from youth to youth, a letter answers for the youth that has the
// focus (shortcuts.js). Escape leaves the words and stays at that youth. Without this it is a list of forms.

const round = document.querySelector("[data-round]");
const LINE = "[data-key-place]";
let last = null; // where the focus was, for who uses the buttons with a mouse

function go(step) {
  const lines = [...round.querySelectorAll(LINE)];
  const at = lines.findIndex((line) => line.contains(document.activeElement) || line.id === last);
  const first = lines.findIndex((line) => !line.matches(".round__line--done"));
  const next = at < 0 ? Math.max(first, 0) : Math.min(Math.max(at + step, 0), lines.length - 1);
  lines[next]?.focus();
  lines[next]?.scrollIntoView({ block: "nearest" });
}

if (round) {
  round.addEventListener("focusin", (event) => {
    last = event.target.closest(LINE)?.id ?? last;
  });
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.(LINE);
    const isField = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape" && here && isField) {
      event.preventDefault();
      here.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || isField || !here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(step);
  });
}
