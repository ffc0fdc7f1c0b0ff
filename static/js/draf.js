// Keeps what is typed in a form marked `data-draf` until the form has been accepted:
// an expired session, a lost connection or a closed dialog then costs no typing.
//
// Kept in this tab only (sessionStorage), per person and address; never passwords,
// files or hidden values. `data-draf="terkirim"`: the server sent the form back, so what
// it shows is already what was typed.

const PREFIX = "draf:";
const SENT = "draf-terkirim";
const owner = document.body.dataset.pengguna || "";
const store = open();
// After logging out nothing is written any more, not even on leaving the page.
let isClosed = false;

function open() {
  try {
    const found = window.sessionStorage;
    found.getItem(PREFIX);
    return found;
  } catch {
    return null;
  }
}

function keyOf(path) {
  return `${PREFIX}${owner}:${path}`;
}

function here() {
  return keyOf(location.pathname);
}

function eachField(form, call) {
  for (const field of form.elements) {
    const skipped = ["hidden", "password", "file", "submit", "button", "reset"];
    if (field.name && !skipped.includes(field.type) && field.type !== "fieldset") {
      call(field);
    }
  }
}

function read(form) {
  const values = {};
  eachField(form, (field) => {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ||= []).push(field.value);
      else values[field.name] ||= [];
    } else if (field.multiple) {
      values[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else {
      values[field.name] = [field.value];
    }
  });
  return values;
}

function write(form, values) {
  eachField(form, (field) => {
    const kept = values[field.name];
    if (!kept) return;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = kept.includes(field.value);
    } else if (field.multiple) {
      for (const option of field.options) option.selected = kept.includes(option.value);
    } else {
      field.value = kept[0] ?? "";
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function forgetOthers() {
  for (const key of Object.keys(store)) {
    if (key.startsWith(PREFIX) && !key.startsWith(keyOf(""))) store.removeItem(key);
  }
}

function forgetAll() {
  isClosed = true;
  for (const key of Object.keys(store)) {
    if (key.startsWith(PREFIX) || key === SENT) store.removeItem(key);
  }
}

function settleSent(form) {
  const sent = store.getItem(SENT);
  store.removeItem(SENT);
  // At the gate, or on a page that says it was not taken: keep it.
  if (!sent || !owner || document.querySelector("[data-draf-tahan]")) return;
  const refused = form && form.dataset.draf === "terkirim";
  const accepted = document.querySelector('[data-pesan="success"]');
  // Sent, and now on another page or told so: the work is stored.
  if (!refused && (accepted || sent !== here())) store.removeItem(sent);
}

function notice(form, html) {
  form.parentElement.querySelector("[data-draf-kabar]")?.remove();
  const box = document.createElement("div");
  box.className = "maklumat maklumat-info";
  box.dataset.drafKabar = "";
  box.setAttribute("role", "status");
  box.append(html);
  form.before(box);
  return box;
}

function offerUndo(form, blank) {
  const text = document.createElement("div");
  text.append("Ketikan Anda yang belum tersimpan sudah diisikan kembali. ");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = "Buang draf";
  text.append(button);
  const box = notice(form, text);
  button.addEventListener("click", () => {
    store.removeItem(here());
    write(form, blank);
    box.remove();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function watch(form) {
  const blank = read(form);
  const kept = store.getItem(here());
  if (kept && form.dataset.draf !== "terkirim") {
    const values = JSON.parse(kept);
    if (!same({ ...blank, ...values }, blank)) {
      write(form, values);
      offerUndo(form, blank);
    }
  }
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (isClosed) return;
    const values = read(form);
    if (same(values, blank) && form.dataset.draf !== "terkirim") store.removeItem(here());
    else store.setItem(here(), JSON.stringify(values));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  form.addEventListener("change", save);
  window.addEventListener("pagehide", () => timer && save());
  form.addEventListener("submit", (event) => {
    save();
    if (navigator.onLine === false) {
      event.preventDefault();
      event.stopImmediatePropagation();
      notice(
        form,
        "Sambungan internet terputus, jadi belum dikirim. Ketikan Anda tersimpan di " +
          "peramban ini. Kirim lagi setelah tersambung.",
      ).scrollIntoView({ block: "center" });
      return;
    }
    store.setItem(SENT, here());
  });
}

const form = document.querySelector("form[data-draf]");
if (store) settleSent(form);
if (store && owner) {
  forgetOthers();
  if (form) watch(form);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-buang-draf]")) store.removeItem(here());
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-keluar]")) forgetAll();
  });
}
