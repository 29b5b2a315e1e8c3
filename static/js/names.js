// Hiding names for the beamer: at once on the screen, and the server remembers it for the next page.
const AGAIN = 3000; // without a network this screen stays, and the server hears it later

for (const form of document.querySelectorAll("form[data-names]")) {
  const button = form.querySelector("button");
  function remember() {
    const said = new FormData(form);
    said.set("hides", document.body.classList.contains("hides-names") ? "ja" : "nee");
    const sent = { method: "POST", body: said, headers: { "HX-Request": "true" }, redirect: "manual" };
    fetch(form.action, sent).catch(() => setTimeout(remember, AGAIN));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hides = document.body.classList.toggle("hides-names");
    button.setAttribute("aria-pressed", String(hides));
    remember();
  });
}
