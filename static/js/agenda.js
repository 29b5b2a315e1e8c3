// On the working agenda: Alt+arrow moves the point that has the focus, and the focus moves along.

document.addEventListener("keydown", (event) => {
  const point = event.target.closest?.("[data-point]");
  const which = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
  if (!point || !which || !event.altKey) return;
  const button = point.querySelector(which);
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  // The button has an id, so htmx gives it the focus back after the agenda was drawn anew.
  button.focus();
  button.click();
});
