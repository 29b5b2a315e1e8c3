// Small comforts of every form: sent once, errors in focus, text fields that grow and count.

// --- a form is sent once ------------------------------------------------------------------------
function release(form) {
  delete form.dataset.sent;
  delete form.dataset.looking;
  for (const button of form.querySelectorAll("[data-waiting]")) {
    button.removeAttribute("aria-disabled");
    delete button.dataset.waiting;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // Not `disabled`: a disabled button does not send its own name and value, and loses the focus.
  if (event.submitter) {
    event.submitter.setAttribute("aria-disabled", "true");
    event.submitter.dataset.waiting = "";
  }
  // A download answers without leaving the page; a stuck connection must not lock the form for good.
  setTimeout(() => release(form), 10000);
});
// What is on its way takes the page with it: what would be typed beside it now was never sent.
document.addEventListener("beforeinput", (event) => {
  const form = event.target.form;
  if (form?.dataset.sent && !form.hasAttribute("hx-post")) event.preventDefault();
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("unsaved:stayed", (event) => release(event.target));

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.tagName !== "FORM" || requestConfig.verb === "get") return;
  if (elt.dataset.sent) event.preventDefault();
  elt.dataset.sent = "1";
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.tagName === "FORM") release(event.detail.elt);
});

// --- errors -------------------------------------------------------------------------------------
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") || field).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

// --- text fields grow with their text -----------------------------------------------------------
const growsByItself = CSS.supports("field-sizing", "content");

function grow(field) {
  if (growsByItself) return; // the style sheet does it
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

// --- and say how much room is left --------------------------------------------------------------
// The browser cuts off pasted text at maxlength without a word. We let it stand and say so instead.
function addCount(field) {
  const limit = Number(field.getAttribute("maxlength"));
  if (!limit) return;
  field.removeAttribute("maxlength");
  field.dataset.limit = String(limit);
  const count = document.createElement("p");
  count.className = "field__count";
  count.setAttribute("aria-hidden", "true");
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.after(count, spoken);
}

let speaking;
function showCount(field) {
  const limit = Number(field.dataset.limit);
  const count = field.nextElementSibling;
  if (!limit || !count?.classList.contains("field__count")) return;
  const left = limit - field.value.length;
  const words = left < 0 ? `${-left} tekens te veel` : `Nog ${left} tekens`;
  count.textContent = left <= limit / 4 ? words : "";
  count.classList.toggle("field__count--over", left < 0);
  clearTimeout(speaking);
  speaking = setTimeout(() => (count.nextElementSibling.textContent = count.textContent), 1500);
}

document.addEventListener("input", (event) => {
  if (event.target.tagName !== "TEXTAREA") return;
  if (event.target.hasAttribute("data-grow")) grow(event.target);
  showCount(event.target);
});

function prepare(root) {
  for (const field of root.querySelectorAll("textarea")) {
    addCount(field);
    showCount(field);
    if (field.hasAttribute("data-grow")) grow(field);
  }
  const find = (mark) => (root.matches?.(mark) ? root : root.querySelector(mark));
  const words = find("[data-say]")?.dataset.say;
  const speaker = document.querySelector("[data-spoken]");
  if (words && speaker) speaker.textContent = words;
  // data-focus="id" says where the focus goes when this part is put on the page; without an id it is the part itself.
  const mark = find("[data-focus]");
  const target = mark?.dataset.focus ? document.getElementById(mark.dataset.focus) : mark;
  const isElsewhere = document.activeElement !== document.body && !root.contains(document.activeElement);
  const isTyping = document.activeElement?.form?.hasAttribute("data-unsaved"); // typed while the answer was under way
  if (target && !isElsewhere && !isTyping && !target.closest("[data-no-focus]")) target.focus();
}
prepare(document);
document.addEventListener("htmx:load", (event) => event.target !== document.body && prepare(event.target));
