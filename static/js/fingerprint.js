// A file is compared without being sent: <form data-fingerprint> with a field `file` and a hidden field `fingerprint`.
// The browser makes the SHA-256 and leaves the file out. Where it cannot (plain http), the file is sent.

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const { file, fingerprint } = form.elements;
    if (!form.hasAttribute("data-fingerprint") || !file.files.length || fingerprint.value || !globalThis.crypto?.subtle) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    try {
      fingerprint.value = hex(await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer()));
      file.disabled = true;
      form.requestSubmit(submitter);
    } catch {
      form.submit(); // the browser could not read it; the server says what is wrong
    }
  },
  true,
);

// Another file, or the page again from the browser's memory: begin anew.
function forget(form) {
  form.elements.fingerprint.value = "";
  form.elements.file.disabled = false;
}
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.type === "file" && form?.hasAttribute("data-fingerprint")) forget(form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-fingerprint]").forEach(forget));
