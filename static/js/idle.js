// Warns before the server ends an idle session, and extends it when asked.
//
// Typing counts as being here: while somebody works on the page the session is kept
// alive now and then. All tabs share one clock (localStorage), since they share the
// session. What was typed stays in draf.js.

const box = document.getElementById("idle");
const WARN_SECONDS = 120;
const CLOCK = "portal-terakhir";

if (box && typeof box.showModal === "function") start(box);

function start(dialog) {
  const limit = Number(dialog.dataset.idle);
  const warnAt = Math.max(limit - WARN_SECONDS, limit / 2);
  const pingEvery = Math.min(limit / 3, 300);
  const left = dialog.querySelector("[data-sisa]");
  let isActive = false;
  let isLeaving = false;

  const now = () => Date.now() / 1000;
  const touch = () => {
    try {
      localStorage.setItem(CLOCK, String(now()));
    } catch {
      dialog.dataset.terakhir = String(now());
    }
  };
  const last = () => {
    try {
      return Number(localStorage.getItem(CLOCK)) || now();
    } catch {
      return Number(dialog.dataset.terakhir) || now();
    }
  };

  async function ping() {
    isActive = false;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    try {
      const answer = await fetch(dialog.dataset.perpanjang, {
        method: "POST",
        headers: { "X-CSRFToken": token },
      });
      if (answer.ok) touch();
      else leave();
    } catch {
      // No connection: the server will tell at the next try.
    }
  }

  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    const next = encodeURIComponent(location.pathname + location.search);
    location.assign(`${dialog.dataset.masuk}?next=${next}&sebab=diam`);
  }

  function show(seconds) {
    const minutes = Math.floor(seconds / 60);
    const rest = Math.floor(seconds % 60);
    left.textContent = minutes ? `${minutes} menit ${rest} detik` : `${rest} detik`;
    if (!dialog.open) dialog.showModal();
  }

  function tick() {
    const idle = now() - last();
    // A little after the server's own limit, so that the session is over by then.
    if (idle > limit + 2) leave();
    else if (idle > warnAt) show(Math.max(limit - idle, 0));
    else {
      if (dialog.open) dialog.close();
      if (isActive && idle > pingEvery) ping();
    }
  }

  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, () => (isActive = true), { passive: true });
  }
  dialog.querySelector("[data-lanjut]").addEventListener("click", ping);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    ping();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    // A page that asks by itself shows nobody is there.
    if (event.detail.successful && event.detail.requestConfig.triggeringEvent) touch();
  });
  touch();
  setInterval(tick, 1000);
}
