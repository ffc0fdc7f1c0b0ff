// Passkeys: asks the browser to make or use one, then sends the form as any other.
//
// <form data-kunci-sandi="tambah|pakai|masuk">; "tambah" and "pakai" find what the server
// asks for in the JSON of `data-pilihan`, "masuk" fetches it, since a page that nobody
// uses must not open a session.

const CANCELLED = "Dibatalkan, atau waktunya habis. Tekan lagi bila ingin mencoba.";
const MESSAGES = {
  NotAllowedError: CANCELLED,
  AbortError: CANCELLED,
  InvalidStateError: "Perangkat ini sudah punya kunci sandi untuk akun Anda.",
  NotSupportedError: "Perangkat ini tidak dapat membuat kunci sandi.",
  SecurityError: "Peramban tidak mengizinkan kunci sandi di alamat ini.",
};

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
};

const text = (buffer) => {
  let plain = "";
  for (const one of new Uint8Array(buffer)) plain += String.fromCharCode(one);
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const unpackList = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function make({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: unpackList(publicKey.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return pack(made, { clientDataJSON, attestationObject });
}

async function use({ publicKey }) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: unpackList(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
  return pack(used, { clientDataJSON, authenticatorData, signature, userHandle });
}

function pack(credential, response) {
  const packed = Object.entries(response).filter(([, value]) => value);
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response: Object.fromEntries(packed.map(([name, value]) => [name, text(value)])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
}

function start(form) {
  const button = form.querySelector("button[type=submit]");
  const news = form.querySelector("[data-kabar]");
  const kind = form.dataset.kunciSandi;
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    // `form.submit()` below raises no event: this one is always the person's.
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    news.textContent = "Ikuti petunjuk perangkat Anda…";
    try {
      const options =
        kind === "masuk"
          ? await ask(form)
          : JSON.parse(document.getElementById(form.dataset.pilihan).textContent);
      const credential = kind === "tambah" ? await make(options) : await use(options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      isBusy = false;
      news.textContent = MESSAGES[error.name] || "Kunci sandi tidak dapat dipakai sekarang.";
    }
  });
  form.hidden = false;
  button.disabled = false;
}

// Else the page keeps the sentence that says that it cannot be used here.
if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-tanpa-kunci]").forEach((one) => one.remove());
  document.querySelectorAll("form[data-kunci-sandi]").forEach(start);
}
