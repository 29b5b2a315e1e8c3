// The end of a session: says beforehand that it comes, and afterwards lets one log in again on top of the page, so
// that what was typed stays. The server decides when it ends; asking it ([data-left-url]) keeps nobody there.

const dialog = document.querySelector("[data-session]");
const part = (name) => dialog.querySelector(`[data-session-${name}]`);
const warning = dialog ? Number(dialog.dataset.warning) : 0;
let endsAt = dialog ? Date.now() + Number(dialog.dataset.left) * 1000 : Infinity;
let state = "quiet"; // quiet → warned → over
let asking = false;
const text = dialog ? [...part("text").childNodes] : [];

const secondsLeft = () => Math.round((endsAt - Date.now()) / 1000);

async function askServer() {
  try {
    const answer = await fetch(dialog.dataset.leftUrl, { credentials: "same-origin" });
    if (answer.ok) endsAt = Date.now() + (await answer.json()).seconds * 1000;
  } catch {
    // No connection: our own clock goes on, and the next second asks again.
  }
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
  if (state === "quiet" || secondsLeft() <= 0) await askServer();
  asking = false;
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

async function over() {
  state = "over";
  part("title").textContent = "Uw sessie is voorbij";
  part("text").textContent = "Log opnieuw in. Wat u typte, staat er nog.";
  part("renew").hidden = true;
  if (!dialog.open) dialog.showModal();
  await show(await fetch(`${dialog.dataset.loginUrl}?next=${encodeURIComponent(dialog.dataset.doneUrl)}`));
}

// The login page of the site itself, step by step, inside the dialog.
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const done = page.querySelector("[data-page=logged-in]");
  if (done) return back(done);
  const card = page.querySelector("[data-page=login]");
  if (!card) return location.assign(dialog.dataset.loginUrl);
  card.querySelector("h1")?.parentElement.remove();
  card.querySelectorAll("a[href^='/']").forEach((link) => (link.target = "_blank"));
  part("login").replaceChildren(...card.childNodes);
  part("login").dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: part("login") } }));
  const first = part("login").querySelector("[aria-invalid=true], input:not([type=hidden])");
  first?.focus();
  return null;
}

function back(done) {
  // Somebody else must not meet what the first one left on the screen.
  if (done.dataset.user !== dialog.dataset.user) return location.assign("/");
  const token = done.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  const header = document.querySelector("[hx-headers]");
  if (header) header.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  part("login").replaceChildren();
  part("title").textContent = "Bent u er nog?";
  part("text").replaceChildren(...text);
  part("renew").hidden = false;
  state = "quiet";
  dialog.close();
  return askServer();
}

async function send(form, submitter) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, submitter)),
    credentials: "same-origin",
  });
  if (form === part("renew")) {
    await (answer.ok && !answer.redirected ? askServer() : over());
    if (state === "warned") quiet();
  } else await show(answer);
}

if (dialog) {
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  // Logged in again in another tab?
  addEventListener("focus", async () => {
    if (state !== "over") return;
    await askServer();
    if (secondsLeft() > 0) await show(await fetch(dialog.dataset.doneUrl));
  });
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
