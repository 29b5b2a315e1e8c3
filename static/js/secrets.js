// What is secret leaves the screen by itself: data-hide-after="30" (seconds).

for (const element of document.querySelectorAll("[data-hide-after]")) {
  setTimeout(() => {
    element.textContent = "Niet meer zichtbaar.";
    element.classList.add("is-hidden");
  }, Number(element.dataset.hideAfter) * 1000);
}
