// The clock of a point: what the server said in words, kept true while the page stays open. No sound, no flashing.
const EVERY = 5000;

function words(clock) {
  const seconds = (Date.parse(clock.dataset.clockEnds) - Date.now()) / 1000;
  const isOver = seconds <= 0;
  const minutes = isOver ? Math.max(1, Math.floor(-seconds / 60) + 1) : Math.max(1, Math.ceil(seconds / 60));
  const [one, many] = (isOver ? clock.dataset.clockOver : clock.dataset.clockLeft).split("|");
  return { text: minutes === 1 ? one : many.replace("{}", minutes), isOver, isNear: !isOver && minutes <= 2 };
}

function show(clock) {
  const now = words(clock);
  if (clock.textContent !== now.text) clock.textContent = now.text;
  clock.classList.toggle("clock--over", now.isOver);
  clock.classList.toggle("clock--near", now.isNear);
}

for (const clock of document.querySelectorAll("[data-clock-ends]")) {
  show(clock);
  setInterval(() => show(clock), EVERY);
}
