// Asks before something that cannot be taken back: data-confirm="Weet u het zeker?" on a form, button or link,
// and hx-confirm of htmx. Without this the form is sent at once, so the server may never rely on it.

function ask(question, label) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-question");
  const text = document.createElement("h2");
  text.id = "dialog-question";
  text.textContent = question;
  const actions = document.createElement("form");
  actions.method = "dialog";
  actions.className = "dialog__actions";
  for (const [value, words, kind] of [["no", "Annuleer", "subtle"], ["yes", label, "primary"]]) {
    const button = document.createElement("button");
    button.className = `button button--${kind}`;
    button.value = value;
    button.textContent = words;
    actions.append(button);
  }
  dialog.append(text, actions);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function words(element) {
  return element?.querySelector("span")?.textContent.trim() || element?.textContent.trim() || "Ga door";
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const asks = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!asks || form.hasAttribute("data-confirmed")) {
      form.removeAttribute("data-confirmed");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(asks, words(event.submitter))) {
      form.setAttribute("data-confirmed", "");
      form.requestSubmit(event.submitter);
    }
  },
  true,
);

document.addEventListener(
  "click",
  async (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link) return;
    event.preventDefault();
    if (await ask(link.dataset.confirm, words(link))) location.assign(link.href);
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, words(event.detail.elt))) event.detail.issueRequest(true);
});
