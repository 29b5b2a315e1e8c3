// The end of a session: says beforehand that it comes, and afterwards lets one log in again on top of the page, so
// that what was typed stays. The server decides when it ends; asking it ([data-left-url]) keeps nobody there.

const dialog = document.querySelector("[data-session]");
const part = (name) => dialog.querySelector(`[data-session-${name}]`);
const warning = dialog ? Number(dialog.dataset.warning) : 0;
let endsAt = dialog ? Date.now() + Number(dialog.dataset.left) * 1000 : Infinity;
let state = "quiet"; // quiet → warned → over
let asking = false;
const text = dialog ? [...part("text").childNodes] : [];
const known = new WeakSet(); // forms that may be sent: the site knows who sends them
const PATIENCE = 10_000; // a web that hangs is one that is away
const AGAIN = 3000;
const NO_LINE = "Geen verbinding. Wij proberen het opnieuw.";

const secondsLeft = () => Math.round((endsAt - Date.now()) / 1000);

function say(words) {
  if (part("problem").textContent === words) return; // it would be read out again
  part("problem").textContent = words;
  part("problem").hidden = !words;
}

// Nothing when there is no connection, and when what answers is not the site.
async function get(url, more = {}) {
  try {
    return await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...more });
  } catch {
    return null;
  }
}

// Whether the server said how long it still is. Without an answer nobody knows.
async function askServer() {
  const answer = await get(dialog.dataset.leftUrl);
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  if (said) endsAt = Date.now() + said.seconds * 1000;
  return said !== null;
}

function inWords(seconds) {
  if (seconds > 90) return `${Math.round(seconds / 60)} minuten`;
  return seconds === 1 ? "1 seconde" : `${seconds} seconden`;
}

async function look() {
  if (asking || state === "over") return;
  if (secondsLeft() > warning) {
    if (state === "warned") quiet();
    return;
  }
  asking = true;
  // Another tab may have been in use: only when the clock comes near is the server asked.
  const isKnown = (state !== "quiet" && secondsLeft() > 0) || (await askServer());
  asking = false;
  if (!isKnown) return; // the next second asks again; who types is not held up
  const left = secondsLeft();
  if (left > warning) return quiet();
  if (left <= 0) return over();
  if (state === "quiet") warn(left);
  part("clock").textContent = inWords(left);
  if (left === 60 || left === 20) part("status").textContent = `Nog ${inWords(left)}.`;
}

function quiet() {
  if (state === "warned" && dialog.open) dialog.close();
  state = "quiet";
}

function warn(left) {
  state = "warned";
  part("clock").textContent = inWords(left);
  if (!dialog.open) dialog.showModal();
}

// Who logged in again in another tab gets the tokens for this page without seeing a dialog.
async function over() {
  if (state === "over") return;
  state = "over";
  await askLogin();
}

function open() {
  part("title").textContent = "Uw sessie is voorbij";
  part("text").textContent = "Log opnieuw in. Wat u typte, staat er nog.";
  part("renew").hidden = true;
  if (!dialog.open) dialog.showModal();
}

const needsForm = () => state === "over" && !part("login").querySelector("form");

// The dialog cannot be closed without logging in, so it goes on until there is a form to do it with.
async function askLogin() {
  if (!needsForm()) return;
  const page = await whereWeAre();
  if (!needsForm()) return;
  if (page?.querySelector("[data-page=login], [data-page=logged-in]")) return show(page);
  open();
  say(NO_LINE);
  setTimeout(askLogin, AGAIN);
}

// Nothing when it broke off halfway, or when something went wrong on the other side.
async function pageOf(answer) {
  const html = answer && answer.status < 500 ? await answer.text().catch(() => "") : "";
  return html ? new DOMParser().parseFromString(html, "text/html") : null;
}

// The page of who is logged in, with the tokens; who is not, is brought from there to the login page.
const whereWeAre = async () => pageOf(await get(dialog.dataset.doneUrl));

// Logging in another way than in this dialog; coming back to this page afterwards closes it.
function elsewhere() {
  open();
  const link = document.createElement("a");
  link.href = dialog.dataset.loginUrl;
  link.target = "_blank";
  link.textContent = "Log in een nieuw tabblad in";
  say("Dit lukte hier niet. ");
  part("problem").append(link, ". Wat u typte, blijft hier staan.");
}

// The login page of the site itself, step by step, inside the dialog.
function show(page) {
  say("");
  const done = page.querySelector("[data-page=logged-in]");
  if (done) return back(done);
  const card = page.querySelector("[data-page=login]");
  if (!card) return elsewhere();
  open();
  card.querySelector("h1")?.parentElement.remove();
  card.querySelectorAll("a[href^='/']").forEach((link) => (link.target = "_blank"));
  part("login").replaceChildren(...card.childNodes);
  part("login").dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: part("login") } }));
  const first = part("login").querySelector("[aria-invalid=true], input:not([type=hidden])");
  first?.focus();
  return null;
}

// Whether it is the same person; then every form gets the token of the new session.
function isMe(done) {
  if (done.dataset.user !== dialog.dataset.user) return false;
  const token = done.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

function back(done) {
  if (!isMe(done)) return leave();
  part("login").replaceChildren();
  part("title").textContent = "Bent u er nog?";
  part("text").replaceChildren(...text);
  part("renew").hidden = false;
  say("");
  state = "quiet";
  dialog.close();
  document.dispatchEvent(new CustomEvent("session:back")); // what waited is saved now
  return askServer();
}

// Somebody else must not meet what the first one left on the screen, nor be asked whether to stay here.
function leave() {
  for (const form of document.querySelectorAll("[data-unsaved]")) form.removeAttribute("data-unsaved");
  location.assign("/");
}

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  const answer = await get(form.action, { method: "POST", body });
  const page = await pageOf(answer);
  if (!page) return say("Geen verbinding. Probeer het zo opnieuw.");
  // Logged in, and half the answer got lost: the token of this form is one of before.
  const isOld = page.querySelector("[data-page=csrf]");
  if (form !== part("renew")) return show((isOld && (await whereWeAre())) || page);
  say("");
  await (answer.ok && !answer.redirected ? askServer() : over());
  if (state === "warned") quiet();
  return null;
}

// The answer to a form takes the page with it, and a login or no connection would take the text too: look first.
async function lookFirst(event) {
  const { target: form, submitter } = event;
  const takesAway = form.matches("[method=post][data-unsaved]:not([hx-post], [target=_blank])");
  if (!takesAway || known.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.looking) return; // pressed twice
  form.dataset.looking = "1";
  const page = await whereWeAre();
  const done = page?.querySelector("[data-page=logged-in]");
  if (done && isMe(done)) {
    known.add(form);
    form.setAttribute("data-confirmed", ""); // confirm.js asked already
    form.requestSubmit(submitter);
  } else if (done) leave();
  else if (page?.querySelector("[data-page=login]")) {
    document.dispatchEvent(new CustomEvent("session:unsent"));
    over();
  } else document.dispatchEvent(new CustomEvent("session:unreachable"));
  if (!form.dataset.sent) delete form.dataset.looking; // else until it is released (forms.js)
}

if (dialog) {
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", askLogin);
  document.addEventListener("session:lost", over); // the site refused what was sent
  // Logged in again in another tab?
  addEventListener("focus", async () => {
    if (state !== "over" || !(await askServer()) || secondsLeft() <= 0) return;
    const page = await whereWeAre();
    if (page) show(page);
  });
  document.addEventListener("submit", lookFirst, true);
  dialog.addEventListener("cancel", (event) => state === "over" && event.preventDefault());
  dialog.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (form.method !== "post" || form.dataset.sending) return;
      event.preventDefault();
      form.dataset.sending = "1";
      send(form, submitter).finally(() => delete form.dataset.sending);
    },
    true,
  );
}
