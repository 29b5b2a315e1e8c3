// What htmx does with a "no". A fragment (an invalid form, a conflict) goes where it was asked for; a whole page (a
// refusal, a login) would not fit there, so its words are shown in the message area and the page stays as it is.

function tell(title, text, link) {
  const area = document.getElementById("messages");
  if (!area) return;
  const box = document.createElement("div");
  box.className = "callout callout--negative";
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

function loginLink() {
  const link = document.createElement("a");
  link.href = location.href;
  link.target = "_blank";
  link.textContent = "Log in een nieuw tabblad in";
  return link;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { serverResponse, boosted } = event.detail;
  if (boosted || !/<html[\s>]/i.test(serverResponse.slice(0, 500))) return;
  const page = new DOMParser().parseFromString(serverResponse, "text/html");
  if (page.querySelector("[data-page=login]")) {
    event.detail.shouldSwap = false;
    tell("U bent uitgelogd", "Wat u typte, staat nog op dit scherm.", loginLink());
    return;
  }
  const refusal = page.querySelector("#refusal");
  if (!refusal) return;
  event.detail.shouldSwap = false;
  tell(refusal.querySelector("h1").textContent, refusal.querySelector("p")?.textContent.trim() || "");
});

document.addEventListener("htmx:sendError", () => {
  tell("Geen verbinding", "Dit is niet verstuurd. Controleer de verbinding en probeer het opnieuw.");
});
