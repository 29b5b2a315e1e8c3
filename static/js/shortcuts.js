// Keys for links, buttons and fields: data-key="n", "ctrl+enter", "alt+3", "escape". Single letters are ignored while
// typing, and can be switched off in the overview that "?" opens (WCAG 2.1.4). Within [data-key-place], of which there
// may be many, keys count only while the focus is in that place.

const SWITCH = "ijap.single-keys";
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

function isOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

function comboOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  return [...parts, event.key.toLowerCase()].join("+");
}

function isVisible(element) {
  return element.getClientRects().length > 0;
}

// A field that is folded away can be seen as far as what unfolds it can be seen.
const foldOf = (element) => element.closest("details:not([open])");

function isMeant(element) {
  const place = element.closest("[data-key-place]");
  return isVisible(foldOf(element) || element) && (!place || place.contains(document.activeElement));
}

function find(combo) {
  const root = document.querySelector("dialog[open]") || document;
  const withKey = [...root.querySelectorAll("[data-key]")];
  const meant = withKey.filter((element) => element.dataset.key.toLowerCase() === combo && isMeant(element));
  // Two forms may each have their own "ctrl+enter": the one that is being filled in is meant, and no other.
  const active = document.activeElement;
  const isTyping = active?.matches(FIELDS) && active.form;
  const own = meant.find((element) => active?.form && element.form === active.form);
  return own || meant.find((element) => !isTyping || !element.form);
}

function use(element) {
  if (element.matches(FIELDS)) {
    foldOf(element)?.setAttribute("open", "");
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  } else element.click();
}

function labelOf(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const label = element.labels?.[0]?.textContent || element.getAttribute("aria-label");
  if (label) return label.trim();
  const copy = element.cloneNode(true);
  for (const kbd of copy.querySelectorAll("kbd, .visually-hidden")) kbd.remove();
  return copy.textContent.trim();
}

function overview() {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML =
    '<h2 id="keys-title">Sneltoetsen op deze pagina</h2><dl class="dialog__keys"></dl>' +
    '<label class="choice"><input type="checkbox"><span>Sneltoetsen van één letter gebruiken</span></label>' +
    '<form method="dialog" class="dialog__actions"><button class="button button--primary">Sluit</button></form>';
  const list = dialog.querySelector("dl");
  const told = new Set();
  for (const element of [...document.querySelectorAll("[data-key]")].filter((one) => isVisible(foldOf(one) || one))) {
    const line = `${element.dataset.key} ${labelOf(element)}`;
    if (told.has(line)) continue; // the same key in another place
    told.add(line);
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = element.dataset.key;
    term.append(key);
    const words = document.createElement("dd");
    words.textContent = labelOf(element);
    list.append(term, words);
  }
  const box = dialog.querySelector("input");
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  const isTyping = event.target.matches?.(FIELDS) || event.target.isContentEditable;
  const isSingle = combo.length === 1;
  if (isSingle && (isTyping || (!isOn() && combo !== "?"))) return;
  const element = find(combo);
  if (element) {
    event.preventDefault();
    use(element);
  } else if (combo === "?" && document.querySelector("[data-key]") && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    overview();
  } else if (combo === "escape" && isTyping && document.querySelector("[data-key]")) event.target.blur();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) overview();
});

// Screen readers announce the keys too.
function announce(root) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const keys = element.dataset.key.replace("ctrl", "Control").replace("alt", "Alt").replace("enter", "Enter");
    element.setAttribute("aria-keyshortcuts", keys.replace("escape", "Escape"));
  }
}
announce(document);
document.addEventListener("htmx:load", (event) => announce(event.target));
