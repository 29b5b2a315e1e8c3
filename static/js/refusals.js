// What htmx does with a "no". A fragment (an invalid form, a conflict) goes where it was asked for. What is no fragment of
// ours (a refusal, a login, the page of a proxy, nothing at all) would take away what was typed: its words are shown in
// the message area and the page stays as it is.

const WENT_WRONG = ["Dit is niet verstuurd", "Er ging iets mis. Wat u typte, staat nog op dit scherm. Probeer het zo opnieuw."];

function tell(title, text, link) {
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
  if (link) words.append(" ", link);
  body.append(head, words);
  box.append(body);
  area.replaceChildren(box);
  area.scrollIntoView({ block: "center" });
}

// Logging in goes on top of this page (session.js); what was typed can be sent again after it.
function loggedOut() {
  if (document.querySelector("[data-session]")) document.dispatchEvent(new CustomEvent("session:lost"));
  else tell("U bent uitgelogd", "Wat u typte, staat nog op dit scherm.", loginLink());
}

function loginLink() {
  const link = document.createElement("a");
  link.href = location.href;
  link.target = "_blank";
  link.textContent = "Log in een nieuw tabblad in";
  return link;
}

function isFragment({ xhr, serverResponse }) {
  return xhr.status < 500 && serverResponse.trim() && !/<html[\s>]/i.test(serverResponse.slice(0, 500));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { boosted, serverResponse, xhr } = event.detail;
  if (boosted || xhr.status === 204) return;
  document.querySelector("[data-told]")?.remove(); // of an earlier try
  if (isFragment(event.detail)) return;
  event.detail.shouldSwap = false;
  const page = new DOMParser().parseFromString(serverResponse, "text/html");
  if (xhr.status === 401 || page.querySelector("[data-page=login]")) {
    loggedOut();
    return;
  }
  const refusal = page.querySelector("#refusal");
  if (refusal) tell(refusal.querySelector("h1").textContent, refusal.querySelector("p")?.textContent.trim() || "");
  else tell(...WENT_WRONG);
});

document.addEventListener("htmx:sendError", () => {
  tell("Geen verbinding", "Dit is niet verstuurd. Controleer de verbinding en probeer het opnieuw.");
});
