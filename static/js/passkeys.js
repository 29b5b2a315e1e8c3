// Passkeys: <form data-passkey="get|create"> with a hidden field `credential`. What the browser is asked stands in
// data-passkey-options, or is fetched from data-passkey-url. The form is sent once the browser gave its answer.

const canPasskey = Boolean(window.PublicKeyCredential && navigator.credentials);

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (found) => (found || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
    },
  });
  return {
    ...about(made),
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports?.() || [],
    },
  };
}

async function get({ publicKey }) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return {
    ...about(shown),
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    },
  };
}

function about(credential) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

const PROBLEMS = {
  NotAllowedError: "Het is niet gelukt: u brak het af, of het duurde te lang. Probeer het opnieuw.",
  InvalidStateError: "Dit apparaat heeft hier al een passkey van u.",
  SecurityError: "Een passkey werkt niet op dit adres. Gebruik een code.",
};

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const answer = await fetch(form.dataset.passkeyUrl, { credentials: "same-origin" });
  return (await answer.json()).options;
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const status = form.querySelector("[data-passkey-status]");
    const name = form.elements.name;
    if (name && !name.value.trim()) {
      name.focus();
      status.textContent = "Geef de passkey eerst een naam.";
      return;
    }
    status.textContent = "Volg de vraag van uw browser.";
    try {
      const answer = await { create, get }[form.dataset.passkey](await options(form));
      form.elements.credential.value = JSON.stringify(answer);
    } catch (problem) {
      status.textContent = PROBLEMS[problem.name] || "Het is niet gelukt. Probeer het opnieuw of gebruik een code.";
      return;
    }
    status.textContent = "";
    form.requestSubmit(event.submitter);
  },
  true,
);

// Without a browser that can do it there is no button that does nothing.
function prepare(root) {
  // An answer of before is worthless (and Django writes "null" in an empty field).
  for (const form of root.querySelectorAll("form[data-passkey]")) form.elements.credential.value = "";
  for (const form of root.querySelectorAll("form[data-passkey=get]")) form.hidden = !canPasskey;
}
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.target));
