// Photographs of a paper before they are sent: turned, straightened by their four
// corners, put in order, made small. Without this script the input works as it is and
// the server turns and shrinks the pictures by itself.
//
// <input type="file" multiple data-foto> inside a form.

const LONGEST = 2339; // the long side of an A4 at 200 dpi
const QUALITY = 0.82;
const STEP = 0.01;
const CORNERS = ["kiri atas", "kanan atas", "kanan bawah", "kiri bawah"];

const el = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

const button = (text, call, label = "") => {
  const node = el("button", { type: "button", className: "btn btn-sm" }, text);
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", call);
  return node;
};

function fit(width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

async function read(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = fit(bitmap.width, bitmap.height, LONGEST);
  const canvas = el("canvas", { width, height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}

function turn(source) {
  const canvas = el("canvas", { width: source.height, height: source.width });
  const context = canvas.getContext("2d");
  context.translate(source.height, 0);
  context.rotate(Math.PI / 2);
  context.drawImage(source, 0, 0);
  return canvas;
}

// The projective map from the unit square to four points (Heckbert 1989).
function project([a, b, c, d]) {
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const area = dx1 * dy2 - dx2 * dy1 || 1e-9;
  const g = (dx3 * dy2 - dx2 * dy3) / area;
  const h = (dx1 * dy3 - dx3 * dy1) / area;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y,
    d.y - a.y + h * d.y, a.y, g, h];
}

function straighten(source, corners) {
  const at = corners.map((p) => ({ x: p.x * source.width, y: p.y * source.height }));
  const far = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);
  const [width, height] = fit(
    Math.max(far(at[0], at[1]), far(at[3], at[2]), 16),
    Math.max(far(at[0], at[3]), far(at[1], at[2]), 16),
    LONGEST,
  );
  const [m0, m1, m2, m3, m4, m5, m6, m7] = project(at);
  const from = source.getContext("2d").getImageData(0, 0, source.width, source.height);
  const canvas = el("canvas", { width, height });
  const context = canvas.getContext("2d");
  const to = context.createImageData(width, height);
  const [pixels, out, row] = [from.data, to.data, source.width * 4];
  const [maxX, maxY] = [source.width - 2, source.height - 2];
  for (let y = 0, n = 0; y < height; y += 1) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x += 1, n += 4) {
      const u = (x + 0.5) / width;
      const w = m6 * u + m7 * v + 1;
      const sx = Math.min(maxX, Math.max(0, (m0 * u + m1 * v + m2) / w - 0.5));
      const sy = Math.min(maxY, Math.max(0, (m3 * u + m4 * v + m5) / w - 0.5));
      const [ix, iy] = [sx | 0, sy | 0];
      const [fx, fy] = [sx - ix, sy - iy];
      const p = iy * row + ix * 4;
      for (let k = 0; k < 3; k += 1) {
        const top = pixels[p + k] * (1 - fx) + pixels[p + 4 + k] * fx;
        const low = pixels[p + row + k] * (1 - fx) + pixels[p + row + 4 + k] * fx;
        out[n + k] = top * (1 - fy) + low * fy;
      }
      out[n + 3] = 255;
    }
  }
  context.putImageData(to, 0, 0);
  return canvas;
}

function isConvex(corners) {
  const sides = corners.map((p, n) => {
    const [q, r] = [corners[(n + 1) % 4], corners[(n + 2) % 4]];
    return (q.x - p.x) * (r.y - q.y) - (q.y - p.y) * (r.x - q.x);
  });
  return sides.every((side) => side > 1e-4);
}

// A box over the page in which the four corners are drawn to the edges of the paper.
function askCorners(source) {
  return new Promise((resolve) => {
    const corners = [[0.05, 0.05], [0.95, 0.05], [0.95, 0.95], [0.05, 0.95]]
      .map(([x, y]) => ({ x, y }));
    const [width, height] = fit(source.width, source.height, 1000);
    const view = el("canvas", { width, height, className: "foto-gambar" });
    view.getContext("2d").drawImage(source, 0, 0, width, height);
    const frame = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    frame.setAttribute("viewBox", "0 0 100 100");
    frame.setAttribute("preserveAspectRatio", "none");
    frame.setAttribute("class", "foto-bingkai");
    frame.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(frame.namespaceURI, "polygon");
    frame.append(line);
    const stage = el("div", { className: "foto-alas" }, view, frame);
    stage.style.aspectRatio = `${width} / ${height}`;
    stage.style.maxWidth = `calc(60vh * ${width / height})`;
    const note = el("p", { className: "small redup" });
    note.setAttribute("role", "status");
    const use = button("Luruskan", () => close("pakai"));
    use.className = "btn btn-primary";
    const draw = () => {
      line.setAttribute("points", corners.map((p) => `${p.x * 100},${p.y * 100}`).join(" "));
      corners.forEach((p, n) => {
        handles[n].style.left = `${p.x * 100}%`;
        handles[n].style.top = `${p.y * 100}%`;
      });
      use.disabled = !isConvex(corners);
      note.textContent = use.disabled
        ? "Keempat sudut bersilangan; tarik ke tepi kertas masing-masing."
        : "Tarik keempat sudut ke tepi kertas, atau geser dengan tombol panah.";
    };
    const put = (n, x, y) => {
      corners[n] = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
      draw();
    };
    const handles = CORNERS.map((name, n) => {
      const handle = el("button", { type: "button", className: "foto-sudut" });
      handle.setAttribute("aria-label", `Sudut ${name}`);
      handle.addEventListener("pointerdown", (event) => {
        handle.setPointerCapture(event.pointerId);
        handle.dataset.tarik = "";
      });
      handle.addEventListener("pointermove", (event) => {
        if (!("tarik" in handle.dataset)) return;
        const box = stage.getBoundingClientRect();
        put(n, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      });
      for (const name of ["pointerup", "pointercancel"]) {
        handle.addEventListener(name, () => delete handle.dataset.tarik);
      }
      handle.addEventListener("keydown", (event) => {
        const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        if (!(event.key in move)) return;
        event.preventDefault();
        const [dx, dy] = move[event.key];
        put(n, corners[n].x + dx * STEP, corners[n].y + dy * STEP);
      });
      stage.append(handle);
      return handle;
    });
    const dialog = el(
      "dialog",
      { className: "kotak foto-kotak" },
      el("h2", { id: "foto-judul" }, "Luruskan halaman"),
      stage,
      note,
      el("div", { className: "tindakan" }, use, button("Batal", () => close(""))),
    );
    dialog.setAttribute("aria-labelledby", "foto-judul");
    const close = (answer) => dialog.close(answer);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "pakai" ? corners : null);
    });
    document.body.append(dialog);
    draw();
    dialog.showModal();
    handles[0].focus();
  });
}

function start(input) {
  const form = input.form;
  const pages = [];
  const list = el("ol", { className: "foto-daftar" });
  const news = el("p", { className: "small redup" });
  news.setAttribute("role", "status");
  const camera = el("input", { type: "file", accept: "image/*", hidden: true });
  camera.setAttribute("capture", "environment");
  const snap = button("Ambil foto", () => camera.click());
  input.after(el("div", { className: "tindakan foto-tombol" }, snap), camera, news, list);
  let busy = 0;

  const work = async (call) => {
    busy += 1;
    form.querySelectorAll("button[type=submit]").forEach((one) => (one.disabled = true));
    try {
      await call();
    } finally {
      busy -= 1;
      if (!busy) {
        form.querySelectorAll("button[type=submit]").forEach((one) => (one.disabled = false));
      }
    }
  };

  const keep = async (page, canvas) => {
    page.canvas = canvas;
    page.blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  };

  const show = () => {
    const sent = new DataTransfer();
    pages.forEach((page, n) => {
      sent.items.add(new File([page.blob], `${page.name || "foto"}-${n + 1}.jpg`, { type: "image/jpeg" }));
    });
    input.files = sent.files;
    const size = pages.reduce((sum, page) => sum + page.blob.size, 0);
    news.textContent = pages.length
      ? `${pages.length} halaman, ${(size / 1e6).toFixed(1).replace(".", ",")} MB; dijadikan satu PDF.`
      : "";
    list.replaceChildren(...pages.map(row));
  };

  const row = (page, n) => {
    const [width, height] = fit(page.canvas.width, page.canvas.height, 240);
    const small = el("canvas", { width, height });
    small.getContext("2d").drawImage(page.canvas, 0, 0, width, height);
    small.setAttribute("role", "img");
    small.setAttribute("aria-label", `Halaman ${n + 1}`);
    const again = (call) => () =>
      work(async () => {
        const canvas = await call();
        if (canvas) await keep(page, canvas);
        show();
        list.children[n]?.querySelector("button")?.focus();
      });
    const swap = () => {
      [pages[n - 1], pages[n]] = [pages[n], pages[n - 1]];
      show();
    };
    const drop = () => {
      pages.splice(n, 1);
      show();
      (list.querySelector("button") || input).focus();
    };
    return el(
      "li",
      {},
      small,
      el(
        "div",
        { className: "tindakan" },
        button("Luruskan", again(async () => {
          const corners = await askCorners(page.canvas);
          return corners && straighten(page.canvas, corners);
        }), `Luruskan halaman ${n + 1}`),
        button("Putar", again(async () => turn(page.canvas)), `Putar halaman ${n + 1}`),
        ...(n ? [button("Naik", swap, `Naikkan halaman ${n + 1}`)] : []),
        button("Hapus", drop, `Hapus halaman ${n + 1}`),
      ),
    );
  };

  const take = (files) =>
    work(async () => {
      const chosen = [...files];
      if (!chosen.length || !chosen.every((file) => /^image\/(jpeg|png)$/.test(file.type))) {
        if (chosen.length) pages.length = 0;
        list.replaceChildren();
        news.textContent = "";
        return;
      }
      for (const file of chosen) {
        try {
          const page = { name: file.name.replace(/\.[^.]*$/, "") };
          await keep(page, await read(file));
          pages.push(page);
        } catch {
          news.textContent = `Foto ${file.name} tidak dapat dibuka. Ambil ulang.`;
          return;
        }
      }
      show();
    });

  input.addEventListener("change", () => take(input.files));
  camera.addEventListener("change", () => {
    take(camera.files);
    camera.value = "";
  });
  // Chosen before this script had come, over a weak signal, or kept by the browser.
  if (input.files.length) take(input.files);
}

const canWork = "DataTransfer" in window && "createImageBitmap" in window && "HTMLDialogElement" in window;
if (canWork) document.querySelectorAll("input[type=file][data-foto]").forEach(start);
