// While typing an action in one line: <input data-one-line="id of the list of owners">. What fits next is offered as
// whole lines in a <datalist>, which keyboard, touch and screen readers know already. How the line is understood says
// the server that will read it (meetings/rules/one_line.py), in <p data-read-line="URL">. Nothing is kept.

const WHEN = ["voor volgende {}", "voor morgen", "voor volgende week", "voor over 2 weken"];
const MOST = 8;
const PAUSE = 400;

function choicesOf(field) {
  const whens = WHEN.map((words) => words.replace("{}", field.dataset.table));
  const list = document.getElementById(field.dataset.oneLine);
  const organisations = [];
  const people = [];
  for (const option of list?.options ?? []) {
    if (!option.value) continue;
    if (option.value.includes("-")) people.push(option.text.split(", ").slice(1).join(", "));
    else organisations.push(option.text);
  }
  return { organisations, people, whens };
}

function endings(words, part) {
  return words.filter((word) => word.toLowerCase().startsWith(part.toLowerCase()) && word.length > part.length);
}

// What the line can become: the part that is being typed, completed.
function completions(line, { organisations, people, whens }) {
  const mention = line.match(/@([^@]*)$/);
  if (mention) return endings(people, mention[1]).map((name) => `${line.slice(0, mention.index)}@${name} `);
  const when = line.match(/(?<= )(voor|vo|v|uiterlijk)( [^@]*)?$/i);
  if (when) return endings(whens, when[0]).map((words) => line.slice(0, when.index) + words);
  return endings(organisations, line).map((name) => `${name} `);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.oneLine) return;
  const list = field.list ?? makeList(field);
  const found = field.value ? completions(field.value, choicesOf(field)) : [];
  list.replaceChildren(
    ...found.slice(0, MOST).map((value) => {
      const option = document.createElement("option");
      option.value = value;
      return option;
    }),
  );
});

function makeList(field) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-lines`;
  field.after(list);
  field.setAttribute("list", list.id);
  return list;
}

// --- how it is understood ---------------------------------------------------------------------------
let pause = 0;

// Without an answer (no connection, logged out) there is no line: sending the action says what is the matter.
async function read(form, place) {
  const sent = new URLSearchParams(new FormData(form)).toString();
  const answer = await fetch(place.dataset.readLine, {
    method: "POST",
    body: new URLSearchParams(sent),
    credentials: "same-origin",
    redirect: "manual",
  }).catch(() => null);
  const words = answer?.ok ? (await answer.json()).understood : "";
  const isStillSo = sent === new URLSearchParams(new FormData(form)).toString();
  if (isStillSo) place.textContent = words;
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form;
    const place = form?.querySelector("[data-read-line]");
    if (!place) return;
    clearTimeout(pause);
    pause = setTimeout(() => read(form, place), PAUSE);
  });
}
