// Finds a point on the agenda of the meeting: a part of a name, or a number, leaves only those in the list, and Enter
// opens the first. Accents do not count. What is typed stays on this screen.

const LETTERS = { ł: "l", ı: "i", đ: "d", ø: "o", ß: "ss", æ: "ae" }; // those that have no accent to take off

function plain(text) {
  const bare = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return bare.replace(/[łıđøßæ]/g, (letter) => LETTERS[letter]).replace(/\s+/g, " ").trim();
}

function isFound(item, wanted) {
  const number = plain(item.querySelector(".agenda__number")?.textContent ?? "");
  const name = plain(item.querySelector(".agenda__name")?.textContent ?? "");
  return number === wanted || name.includes(wanted);
}

function narrow() {
  const place = document.querySelector("[data-find-place]");
  if (!place) return [];
  place.hidden = false; // without scripts it would do nothing
  const wanted = plain(place.querySelector("[data-find]").value);
  const items = [...document.querySelectorAll(".agenda .agenda__item")];
  for (const item of items) item.hidden = wanted !== "" && !isFound(item, wanted);
  for (const group of document.querySelectorAll(".agenda .agenda__group")) group.hidden = wanted !== "";
  const found = items.filter((item) => !item.hidden);
  const words = found.length === 1 ? "1 punt, Enter opent het" : `${found.length} punten`;
  place.querySelector("[data-find-status]").textContent = !wanted ? "" : found.length ? words : "Staat niet op de agenda";
  return wanted ? found : [];
}

document.addEventListener("input", (event) => event.target.matches("[data-find]") && narrow());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-find]")) return;
  event.preventDefault();
  narrow()[0]?.querySelector("a")?.click();
});
// The list was drawn anew.
for (const name of ["follow:shown", "htmx:afterSettle"]) document.addEventListener(name, narrow);
narrow();
