// Saves a form while it is being typed: <form data-autosave="URL"> with a hidden field `version` and a {% save_status %}.
// Answers: 200 {"version": 4, "saved_at": "14:02", "url": "…" if the address changed}; 409 with {% conflict %};
// anything else with {"reason": "…"} or a refusal page. The text stays on the screen and nowhere else.

const DELAYS = [2000, 4000, 8000, 16000, 30000];
const PATIENCE = 15_000; // a web that hangs is one that is away: say so, and send again
const states = new Map();

function stateOf(form) {
  if (!states.has(form)) states.set(form, { dirty: false, timer: 0, tries: 0, sending: null, paused: false });
  return states.get(form);
}

// --- what we say ----------------------------------------------------------------------------------
function say(form, text, isProblem = false) {
  const place = form.querySelector("[data-save-status]") || document.querySelector("[data-save-status]");
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.classList.toggle("save-status--problem", isProblem);
}

function reasonIn(text) {
  try {
    return JSON.parse(text).reason;
  } catch {
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector("#refusal p, .field__errors span")?.textContent.trim();
  }
}

// --- two texts --------------------------------------------------------------------------------------
function showConflict(form, html) {
  const boxes = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-conflict]")];
  const state = stateOf(form);
  if (!boxes.length) {
    say(form, `Niet opgeslagen: ${reasonIn(html) || "dit kan nu niet."}`, true);
    return;
  }
  state.paused = true;
  form.querySelectorAll("[data-conflict]").forEach((box) => box.remove());
  for (const box of boxes) {
    const [field] = fieldsOf(form, box.dataset.conflictField);
    const place = field?.closest?.(".field");
    if (place) place.after(box);
    else form.prepend(box);
  }
  say(form, "Niet opgeslagen: iemand anders heeft dit intussen gewijzigd.", true);
}

function fieldsOf(form, name) {
  const found = name ? form.elements[name] : null;
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

// Puts what is stored into the field: text as if it was typed, a choice by its value.
function takeTheirs(form, box) {
  const { conflictField: name, conflictValue: value } = box.dataset;
  const text = box.querySelector("[data-conflict-theirs]").textContent;
  for (const field of fieldsOf(form, name)) {
    if (value === undefined) replaceText(field, text);
    else if (["radio", "checkbox"].includes(field.type)) field.checked = value.split(",").includes(field.value);
    else field.value = value;
  }
}

function replaceText(field, text) {
  field.focus();
  field.select();
  // insertText keeps the browser's own "undo" for the text that was there.
  if (!document.execCommand("insertText", false, text)) field.value = text;
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-conflict-keep]");
  const box = choice?.closest("[data-conflict]");
  const form = box?.closest("form");
  if (!form) return;
  if (form.elements.version) form.elements.version.value = box.dataset.conflictVersion;
  if (choice.dataset.conflictKeep === "theirs") takeTheirs(form, box);
  box.remove();
  if (form.querySelector("[data-conflict]")) return;
  const state = stateOf(form);
  state.paused = false;
  state.dirty = true;
  if (form.hasAttribute("data-autosave")) save(form);
  else form.requestSubmit();
});

// --- sending ----------------------------------------------------------------------------------------
function post(form, keepalive) {
  const body = new URLSearchParams(new FormData(form)).toString();
  return fetch(form.dataset.autosave, {
    method: "POST",
    body,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Requested-With": "autosave",
    },
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
    keepalive: keepalive && body.length < 60_000, // the browser refuses larger ones
  });
}

function later(form) {
  const state = stateOf(form);
  const delay = DELAYS[Math.min(state.tries, DELAYS.length - 1)];
  state.tries += 1;
  state.timer = setTimeout(() => save(form), delay);
}

// Logged out, or logged in again elsewhere so that the token of this page is worthless. session.js sees to both, once;
// what waits is saved when it is back.
const isLost = (answer, text) =>
  answer.type === "opaqueredirect" || answer.status === 401 || (answer.status === 403 && text.includes('data-page="csrf"'));

function lose(form) {
  const state = stateOf(form);
  say(form, "U bent uitgelogd. Uw tekst staat nog op dit scherm.", true);
  const isFirst = !state.isLost;
  state.dirty = state.isLost = true;
  if (isFirst) document.dispatchEvent(new CustomEvent("session:lost"));
}

async function handle(form, answer) {
  const state = stateOf(form);
  const text = await answer.text();
  if (isLost(answer, text)) return lose(form);
  state.hasReason = !answer.ok && text.startsWith("{");
  if (answer.ok) {
    const { version, saved_at: savedAt, url } = JSON.parse(text);
    if (form.elements.version && version !== undefined) form.elements.version.value = version;
    if (url) form.dataset.autosave = url;
    state.tries = 0;
    state.isLost = false;
    form.toggleAttribute("data-unsaved", state.dirty);
    say(form, state.dirty ? "Bezig met opslaan" : `Opgeslagen om ${savedAt}`);
    form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: { version } }));
    return null;
  }
  state.dirty = true;
  if (answer.status === 409) showConflict(form, text);
  else if (answer.status >= 500) {
    say(form, "Niet opgeslagen: er ging bij ons iets mis. Wij proberen het zo opnieuw.", true);
    later(form);
  } else say(form, `Niet opgeslagen: ${reasonIn(text) || "dit kan zo niet."}`, true);
  return null;
}

async function save(form, keepalive = false) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (state.sending || state.paused || !state.dirty) return state.sending;
  state.dirty = state.hasReason = false;
  state.sending = post(form, keepalive)
    .then((answer) => handle(form, answer))
    .catch(() => {
      // No answer, half an answer, or one that is not ours.
      state.dirty = true;
      say(form, "Niet opgeslagen: geen verbinding. Uw tekst staat nog op dit scherm; wij proberen het opnieuw.", true);
      later(form);
    })
    .finally(() => (state.sending = null));
  await state.sending;
  if (state.dirty && !state.tries && !state.isLost && state.again) save(form);
  state.again = false;
  return null;
}

// Something to save; when a save is under way, it is followed by another.
function changed(form) {
  const state = stateOf(form);
  state.dirty = true;
  state.isLost = false; // may be tried once more
  form.setAttribute("data-unsaved", ""); // what stands here is nowhere else: unsaved.js warns, follow.js leaves it alone
  state.again = Boolean(state.sending);
  return state;
}

// --- when -------------------------------------------------------------------------------------------
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute("data-autosave")) return;
  const state = changed(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), 1000);
});

// Leaving a field is the moment to save: what comes next may leave the page.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute("data-autosave")) return;
  if (stateOf(form).dirty) save(form, true);
});

// Leaving waits for the save under way, so that nobody is asked a question about what takes a moment. When it cannot be
// stored, the question comes (unsaved.js).
const waiting = (but) => [...states].some(([form, { dirty, sending }]) => form !== but && form.isConnected && (dirty || sending));

async function saveThem(but) {
  for (const [form, state] of states) {
    if (form === but || !form.isConnected) continue;
    await state.sending;
    await save(form);
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const isOurs = link && !link.target && link.origin === location.origin && link.pathname !== location.pathname;
  if (!isOurs || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!waiting()) return;
  event.preventDefault();
  await saveThem();
  location.assign(link.href);
});

// So does another form that leaves the page, once.
const leaving = new WeakSet();
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[hx-post], [data-names], [data-session] *, [target=_blank]")) return;
    if (leaving.delete(form) || !waiting(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saveThem(form);
    leaving.add(form);
    form.setAttribute("data-confirmed", ""); // confirm.js asked already
    form.requestSubmit(event.submitter);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || !form?.hasAttribute("data-autosave")) return;
  event.preventDefault();
  if (stateOf(form).paused) {
    say(form, "Niet opgeslagen: kies eerst welke tekst blijft staan.", true);
    form.querySelector("[data-conflict-keep]")?.focus();
    return;
  }
  changed(form);
  save(form);
});

function saveAll(keepalive) {
  for (const [form, state] of states) if (form.isConnected && state.dirty) save(form, keepalive);
}
document.addEventListener("visibilitychange", () => saveAll(document.visibilityState === "hidden"));
addEventListener("online", () => saveAll(false));
document.addEventListener("session:back", () => saveAll(false));

// A save under way raises the version; sending the form before its answer would look like a conflict. What is not
// stored yet is stored first: the page of a lost session or of no connection would take it away. What was refused with
// a reason goes on, to get that reason in the form. Nothing comes after this but the sending (session.js looked before).
const stored = new WeakSet();
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const state = states.get(form);
    if (stored.delete(form)) state.dirty = false;
    if (!state?.sending && !state?.dirty) return;
    clearTimeout(state.timer);
    event.preventDefault();
    event.stopImmediatePropagation();
    await state.sending;
    await save(form);
    if (state.paused || (state.dirty && !state.hasReason)) return;
    stored.add(form);
    form.setAttribute("data-confirmed", "");
    form.requestSubmit(event.submitter);
  },
  true,
);
