// Hiding names for the beamer: at once on the screen, and the server remembers it for the next page.
for (const form of document.querySelectorAll("form[data-names]")) {
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hides = document.body.classList.toggle("hides-names");
    button.setAttribute("aria-pressed", String(hides));
    const said = new FormData(form);
    said.set("hides", hides ? "ja" : "nee");
    fetch(form.action, { method: "POST", body: said, headers: { "HX-Request": "true" }, redirect: "manual" }).catch(() => {}); // without a network: only on this screen, which stays
  });
}
