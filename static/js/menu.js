// Parts that are folded away on a small screen: <button data-menu-button aria-controls="ID">. Without this they are open.
for (const button of document.querySelectorAll("[data-menu-button]")) {
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  const show = (isOpen) => {
    panel.toggleAttribute("data-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.addEventListener("click", () => show(!panel.hasAttribute("data-open")));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.hasAttribute("data-open") || !button.getClientRects().length) return;
    show(false);
    button.focus();
  });
}
