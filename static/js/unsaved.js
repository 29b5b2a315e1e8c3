// Nobody loses what was typed: leaving the page asks first, and what is typed while an answer is under way stays.
// A form that writes something has a text field, a key, a version or a mark of what was seen; [data-unsaved] says that
// what stands in it is nowhere else. Forms that save while one types (autosave.js) keep that mark themselves.

const WRITES = "textarea, [name=key], [name=version], [name^=seen]";
const TYPED = "textarea, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])";
const GONE = 2000; // after the answer to the question; who leaves is gone by then
let typed = []; // field ids and values, during a swap
let inHand = ""; // the field that is being typed in
let sent = null; // the form that takes the page with it
let wasUnsaved = false; // whether there was something in it

const takesText = (form) => form?.method === "post" && form.querySelector(WRITES);
const writes = (form) => takesText(form) && !form.hasAttribute("data-autosave");

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target: { form } }) => writes(form) && form.setAttribute("data-unsaved", ""));
}

// A form that was refused came back with what was typed, also one that otherwise saves by itself; [data-stored] is one
// that only cannot be sent yet.
function markRefused(root) {
  for (const place of root.querySelectorAll(".error-summary, .field--invalid, [data-conflict]")) {
    const beside = [...place.parentElement.querySelectorAll("form[method=post]")];
    const form = [place.closest("form"), ...beside].find(takesText);
    if (!form?.hasAttribute("data-stored")) form?.setAttribute("data-unsaved", "");
  }
}
markRefused(document);
document.addEventListener("htmx:load", (event) => markRefused(event.target));

document.addEventListener("submit", ({ defaultPrevented, target: form }) => {
  if (defaultPrevented || form.target === "_blank") return;
  sent = form;
  wasUnsaved = form.hasAttribute("data-unsaved");
  form.removeAttribute("data-unsaved");
});
// What htmx sent and the site took comes back as a new form without the mark; any other answer leaves it where it is.
addEventListener("beforeunload", (event) => {
  if (!document.querySelector("form[data-unsaved]")) return;
  event.preventDefault();
  setTimeout(stayed, GONE);
});

// The form that was on its way is here still, and can be sent again (forms.js).
function stayed() {
  sent?.toggleAttribute("data-unsaved", wasUnsaved);
  sent?.dispatchEvent(new CustomEvent("unsaved:stayed", { bubbles: true }));
  sent = null;
}

// --- while an answer is under way -----------------------------------------------------------------
document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, shouldSwap, target } }) => {
  const { elt: form, formData } = requestConfig;
  const isSwapped = shouldSwap && form.tagName === "FORM" && target.contains(form);
  const fields = isSwapped ? [...form.querySelectorAll(TYPED)] : [];
  const isNew = (field) => field.id && field.value !== (formData.get(field.name) ?? "");
  typed = fields.filter(isNew).map((field) => [field.id, field.value]);
  inHand = document.activeElement?.id;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    field.closest("details")?.setAttribute("open", "");
    field.form?.setAttribute("data-unsaved", "");
    if (id === inHand) field.focus(); // it may have been folded away for a moment
  }
  typed = [];
});
