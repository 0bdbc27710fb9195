// Photos are made smaller before they leave the device: at most 1280 px and 200 KB, no data about the camera.

const SIDE = 1280;
const BYTES = 200 * 1024;

async function drawn(file, side) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

const encoded = (canvas, quality) => new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });

export async function shrunk(file) {
  for (const side of [SIDE, 960, 720]) {
    const canvas = await drawn(file, side);
    for (const quality of [0.82, 0.7, 0.55]) {
      const blob = await encoded(canvas, quality);
      if (blob && blob.size <= BYTES) return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    }
  }
  return file;
}

function show(input, files) {
  const box = input.closest("[data-photos]");
  box.querySelectorAll("[data-preview]").forEach((old) => old.remove());
  for (const file of files) {
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    figure.dataset.preview = "";
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    figure.append(image);
    box.prepend(figure);
  }
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-shrink]") || !input.files.length || typeof DataTransfer === "undefined") return;
  const most = Number(input.dataset.most || 3);
  const form = input.form;
  form?.setAttribute("aria-busy", "true");
  const parcel = new DataTransfer();
  for (const file of [...input.files].slice(0, most)) {
    try { parcel.items.add(await shrunk(file)); } catch { parcel.items.add(file); }
  }
  input.files = parcel.files;
  show(input, parcel.files);
  form?.removeAttribute("aria-busy");
  input.dispatchEvent(new CustomEvent("abdi:photos", { bubbles: true }));
});
