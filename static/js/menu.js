// Parts that are folded away on a small screen: <button data-menu-button aria-controls="ID">. Without this they are open.
const panelOf = (button) => document.getElementById(button.getAttribute("aria-controls"));

function show(button, isOpen) {
  panelOf(button).toggleAttribute("data-open", isOpen);
  button.setAttribute("aria-expanded", String(isOpen));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-menu-button]");
  if (button) show(button, !panelOf(button).hasAttribute("data-open"));
});

document.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && event.target.closest?.("[data-open]");
  const button = panel && document.querySelector(`[data-menu-button][aria-controls="${panel.id}"]`);
  if (!button?.getClientRects().length) return;
  show(button, false);
  button.focus();
});
