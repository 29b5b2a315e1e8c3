// Keeps the page of who follows a meeting up to date: <div data-follow="URL" data-version="12" data-live="URL or nothing">.
// The live process only says that something changed; what it is, this page fetches itself. Without it the page asks.
// Only rows ([data-row]) that differ are replaced, so that reading, scrolling and a screen reader go on.
// With data-writes it is the screen of who writes: what this person has in hand is never touched, also not at the end.

const ASK = 3000;
const LOOK = 30_000; // also without a new version: what one may see can change
const ALL = "0";
const PATIENCE = 10_000; // a web that hangs must not leave an old page without a word
const SLOWEST = 30_000;
const REST = 1000; // at most, and twice as long as the last answer took: many screens at once leave room for who writes

const place = document.querySelector("[data-follow]");
const status = document.querySelector("[data-follow-status]");
const writes = Boolean(place?.hasAttribute("data-writes"));
const shown = new Map(); // how each row was when it was last put here: scripts add attributes to what stands there
let timer = 0;
let failures = 0;
let isHeard = false; // the live process talks to us
let isBusy = false; // an answer is under way, or the rest after it
let again = ""; // what to ask after that
let looked = Date.now();
let source = null;
let lineTimer = 0;
let isStopped = false;
let isWaiting = false; // something new is there for a row that is in use
let swaps = 0; // how often the page changed itself (a decision, an action): an answer asked before that is old

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

function time() {
  return new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
}

function later() {
  clearTimeout(timer);
  if (place.hasAttribute("data-over")) return;
  const calm = document.hidden || isHeard ? LOOK : ASK;
  timer = setTimeout(() => ask(), failures ? Math.min(ASK * 2 ** failures, SLOWEST) : calm);
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-follow]");
  if (!fresh) return false;
  if (fresh.dataset.user !== place.dataset.user) {
    document.dispatchEvent(new CustomEvent("session:lost")); // somebody else logged in here: session.js sees to it
    return false;
  }
  const isPart = fresh.hasAttribute("data-part"); // only what was written at points since our version
  if (!isPart) looked = Date.now();
  place.dataset.version = fresh.dataset.version;
  place.toggleAttribute("data-over", fresh.hasAttribute("data-over"));
  const rows = [...fresh.querySelectorAll("[data-row]")];
  const known = [...place.querySelectorAll("[data-row]")];
  isWaiting = false;
  if (writes || isPart) known.forEach((old) => renew(old, rows.find((row) => row.id === old.id)));
  else if (rows.length === known.length && rows.every((row, at) => row.id === known[at].id)) {
    rows.forEach((row, at) => renew(known[at], row));
  } else place.replaceChildren(...fresh.childNodes);
  place.dispatchEvent(new CustomEvent("follow:shown", { bubbles: true }));
  return true;
}

// Every answer has a token of its own; that is no news.
const plain = (row) => row.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");

function renew(old, row) {
  if (!row) return;
  const now = plain(row);
  if (shown.get(row.id) === now || plain(old) === now) return;
  const [mine, theirs] = [old, row].map(versionOf);
  if (theirs < mine) return; // asked before our own text was stored
  if (writes && inUse(old)) {
    const line = old.querySelector("[data-changed]");
    if (line) line.textContent = theirs > mine ? row.querySelector("[data-changed]")?.dataset.changed : "";
    if (!line || theirs > mine) isWaiting = true;
    return;
  }
  shown.set(row.id, now);
  row.toggleAttribute("data-open", old.hasAttribute("data-open")); // unfolded on a phone (menu.js)
  const focus = old.contains(document.activeElement) && (document.activeElement.id || row.id);
  old.replaceWith(row);
  if (focus) stay(document.getElementById(focus) ?? row);
  window.htmx?.process(row);
  row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}

// Who was reading here goes on here, and not at the top of the page.
function stay(place) {
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// The text in hand has a version. When somebody else stored a newer one, a line says so and saving shows both.
const versionOf = (row) => Number(row.querySelector("[name=version]")?.value ?? 0);

function inUse(row) {
  return row.contains(document.activeElement) || row.querySelector("[data-unsaved]") !== null;
}

function stop(text) {
  isStopped = true;
  clearTimeout(timer);
  clearTimeout(lineTimer);
  source?.close();
  if (!writes) place.replaceChildren();
  else for (const row of place.querySelectorAll("[data-row]")) if (!inUse(row)) row.replaceChildren();
  say(text);
}

async function ask(known = place.dataset.version) {
  if (isBusy) {
    again = again === ALL ? ALL : known;
    return;
  }
  isBusy = true;
  again = "";
  const began = Date.now();
  await look(known);
  setTimeout(goOn, Math.min((Date.now() - began) * 2, REST));
}

function goOn() {
  isBusy = false;
  if (isStopped) return;
  if (again) ask(again === ALL ? ALL : undefined);
  else later();
}

async function look(known) {
  const isLook = Date.now() - looked > LOOK;
  const before = swaps;
  try {
    const answer = await fetch(`${place.dataset.follow}${isLook ? ALL : known}/`, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect" && writes) {
      failures = 5; // session.js says it, and logs in on top of what was typed
      return;
    }
    if (answer.type === "opaqueredirect") {
      stop("U bent uitgelogd. Ververs de pagina om opnieuw in te loggen.");
      return;
    }
    if ([403, 404, 409].includes(answer.status)) {
      stop(writes ? place.dataset.writes : "U kunt dit overleg niet meer volgen.");
      return;
    }
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const html = answer.status === 204 ? "" : await answer.text();
    if (answer.status === 204) place.dataset.version = answer.headers.get("X-Meeting-Version") ?? place.dataset.version;
    if (swaps !== before) again ||= known;
    else if (html ? show(html) && !writes : failures && !writes) say(`Bijgewerkt om ${time()}.`);
    if (writes) say("");
    failures = 0;
  } catch {
    failures = Math.min(failures + 1, 5);
    say("Geen verbinding. Wat u ziet is van eerder; wij proberen het opnieuw.");
  }
}

function listen(url) {
  const heard = new EventSource(url, { withCredentials: true });
  heard.addEventListener("open", () => {
    isHeard = true;
    ask(); // what changed before the line was there
  });
  heard.addEventListener("message", (event) => ask(event.data === "version 0" ? ALL : undefined));
  heard.addEventListener("einde", () => {
    heard.close();
    isHeard = false;
    ask();
    listenLater(url);
  });
  heard.addEventListener("error", () => {
    if (isHeard) {
      isHeard = false;
      later(); // only once: the browser tries the line again and again, and each time it fails
    }
    if (heard.readyState === EventSource.CLOSED) listenLater(url); // a refusal; the browser itself gives up then
  });
  return heard;
}

// Not all at the same moment: who tries again may be everybody.
function listenLater(url) {
  clearTimeout(lineTimer);
  lineTimer = setTimeout(() => {
    if (!isStopped && !place.hasAttribute("data-over")) source = listen(url);
  }, LOOK * (0.5 + Math.random()));
}

if (place) {
  if (place.dataset.live && !place.hasAttribute("data-over")) source = listen(place.dataset.live);
  later();
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  addEventListener("online", () => ask());
}
if (writes) {
  document.addEventListener("htmx:afterSwap", () => {
    swaps += 1;
    shown.clear();
  });
  // The focus is elsewhere after this event.
  place.addEventListener("focusout", () => isWaiting && setTimeout(() => ask(ALL)));
}
