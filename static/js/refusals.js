// What htmx does with a "no". A fragment (an invalid form, a conflict) goes where it was asked for. What is no fragment of
// ours (a refusal, a login, the page of a proxy, nothing at all) would take away what was typed: its words are shown in
// the message area and the page stays as it is.

const WENT_WRONG = ["Dit is niet verstuurd", "Er ging iets mis. Wat u typte, staat nog op dit scherm. Probeer het zo opnieuw."];
const NO_LINE = ["Geen verbinding", "Dit is niet verstuurd. Controleer de verbinding en probeer het opnieuw."];
let isUnsent = false;

function tell(title, text) {
  const area = document.getElementById("messages");
  if (!area) return;
  const box = document.createElement("div");
  box.className = "callout callout--negative";
  box.dataset.told = "";
  const body = document.createElement("div");
  body.className = "callout__body";
  const head = document.createElement("p");
  head.className = "callout__title";
  head.textContent = title;
  const words = document.createElement("p");
  words.textContent = text;
  body.append(head, words);
  box.append(body);
  area.replaceChildren(box);
  area.scrollIntoView({ block: "center" });
}

// Whatever stands between us and the site does not know of a reference.
function isFragment({ shouldSwap, xhr, serverResponse }) {
  const isOurs = shouldSwap && xhr.status < 500 && xhr.getResponseHeader("X-Reference");
  return isOurs && serverResponse.trim() && !/<html[\s>]/i.test(serverResponse.slice(0, 500));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { boosted, serverResponse, xhr } = event.detail;
  if (boosted || xhr.status === 204) return;
  document.querySelector("[data-told]")?.remove(); // of an earlier try
  if (isFragment(event.detail)) return;
  event.detail.shouldSwap = false;
  const page = new DOMParser().parseFromString(serverResponse, "text/html");
  // Logging in goes on top of this page (session.js); what was typed can be sent again after it.
  if (xhr.status === 401 || page.querySelector("[data-page=login], [data-page=csrf]")) {
    isUnsent = true;
    document.dispatchEvent(new CustomEvent("session:lost"));
    return;
  }
  const refusal = page.querySelector("#refusal");
  if (refusal) tell(refusal.querySelector("h1").textContent, refusal.querySelector("p")?.textContent.trim() || "");
  else tell(...WENT_WRONG);
});

for (const kind of ["htmx:sendError", "session:unreachable"]) document.addEventListener(kind, () => tell(...NO_LINE));

// A button was pressed for nothing, because nobody was logged in.
document.addEventListener("session:unsent", () => (isUnsent = true));
document.addEventListener("session:back", () => {
  if (isUnsent) tell("U bent weer ingelogd", "Wat u typte, staat er nog en is nog niet verstuurd. Verstuur het nog eens.");
  isUnsent = false;
});
