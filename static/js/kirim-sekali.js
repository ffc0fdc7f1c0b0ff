// A form is sent once: a second press while the first is under way does nothing.
// `data-boleh-ulang` on the form: it answers with a file, the page stays.

const LABEL = "Mengirim…";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "bolehUlang" in form.dataset) {
    return;
  }
  if (form.dataset.mengirim) {
    event.preventDefault();
    return;
  }
  form.dataset.mengirim = "ya";
  const button = event.submitter;
  if (button) {
    button.dataset.isi = button.innerHTML;
    button.setAttribute("aria-disabled", "true");
    button.textContent = LABEL;
  }
});

function release(form) {
  delete form.dataset.mengirim;
  for (const button of form.querySelectorAll("[data-isi]")) {
    button.innerHTML = button.dataset.isi;
    button.removeAttribute("aria-disabled");
    delete button.dataset.isi;
  }
}

function releaseAll() {
  document.querySelectorAll("form[data-mengirim]").forEach(release);
}

// "Back" may show this very page again, as it was left.
window.addEventListener("pageshow", (event) => event.persisted && releaseAll());
document.addEventListener("htmx:afterRequest", releaseAll);
