// What htmx leaves open: say when a part of the page could not be fetched, and put the
// reader at the top of a list that changed. And where a row of tabs is wider than the
// screen, bring the open one into sight.

function say(text) {
  document.querySelector("[data-kabar-sambungan]")?.remove();
  const box = document.createElement("div");
  box.className = "maklumat maklumat-warn";
  box.dataset.kabarSambungan = "";
  box.setAttribute("role", "alert");
  box.textContent = text;
  document.querySelector(".kepala")?.after(box);
  box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => {
  say("Sambungan terputus, jadi yang tampil belum diperbarui. Coba lagi sebentar lagi.");
});

document.addEventListener("htmx:responseError", () => {
  say("Server tidak dapat memberi jawaban. Muat ulang halaman ini, lalu coba lagi.");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  document.querySelector("[data-kabar-sambungan]")?.remove();
  // A whole page where a part was asked for: go there instead of nesting it.
  if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) {
    event.detail.shouldSwap = false;
    location.assign(event.detail.xhr.responseURL || location.href);
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  // On a phone the filters close over what they found.
  const toggle = event.detail.requestConfig.elt.querySelector?.(".saring-saklar");
  if (toggle) toggle.checked = false;
  if (event.detail.requestConfig.elt.closest(".pemandu")) {
    target.querySelector(".gulir")?.scrollTo({ top: 0 });
    target.scrollIntoView({ block: "start" });
  }
});

const tab = document.querySelector(".tab-deret [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;
