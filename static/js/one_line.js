// Suggestions while typing an action in one line: <input data-one-line="id of the list of owners">.
// The server reads the line (meetings/rules/one_line.py); here only what fits next is offered, as whole lines in a
// <datalist>, which keyboard, touch and screen readers know already. Nothing is fetched and nothing is kept.

const WHEN = ["voor volgende JPP", "voor morgen", "voor volgende week", "voor over 2 weken"];
const MOST = 8;

function ownersOf(field) {
  const list = document.getElementById(field.dataset.oneLine);
  const organisations = [];
  const people = [];
  for (const option of list?.options ?? []) {
    if (!option.value) continue;
    if (option.value.includes("-")) people.push(option.text.split(", ").slice(1).join(", "));
    else organisations.push(option.text);
  }
  return { organisations, people };
}

function endings(words, part) {
  return words.filter((word) => word.toLowerCase().startsWith(part.toLowerCase()) && word.length > part.length);
}

// What the line can become: the part that is being typed, completed.
function completions(line, { organisations, people }) {
  const mention = line.match(/@([^@]*)$/);
  if (mention) return endings(people, mention[1]).map((name) => `${line.slice(0, mention.index)}@${name} `);
  const when = line.match(/(?<= )(voor|vo|v|uiterlijk)( [^@]*)?$/i);
  if (when) return endings(WHEN, when[0]).map((words) => line.slice(0, when.index) + words);
  return endings(organisations, line).map((name) => `${name} `);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.oneLine) return;
  const list = field.list ?? makeList(field);
  const found = field.value ? completions(field.value, ownersOf(field)) : [];
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
