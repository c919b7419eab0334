// Photos are shrunk on the phone: at most 1280 pixels long and about 300 KB.
import { sha256 } from "./crypto.js";

const LONGEST = 1280;
const MOST_BYTES = 300 * 1024;

function loaded(file) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => { URL.revokeObjectURL(url); resolve(image); };
    image.onerror = () => { URL.revokeObjectURL(url); reject(new Error("这张照片打不开，请重拍或换一张。")); };
    image.src = url;
  });
}

function drawn(image, longest, quality) {
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });
}

/** Return {id, size, sha256, taken_at, content}; the file's own time is kept as the time of taking. */
export async function shrunk(file) {
  const image = await loaded(file);
  let blob;
  for (const [longest, quality] of [[LONGEST, 0.82], [LONGEST, 0.65], [1024, 0.6], [800, 0.5]]) {
    blob = await drawn(image, longest, quality);
    if (blob && blob.size <= MOST_BYTES) break;
  }
  if (!blob) throw new Error("这张照片处理不了，请重拍或换一张。");
  const content = await blob.arrayBuffer();
  return {
    id: crypto.randomUUID(),
    size: content.byteLength,
    sha256: await sha256(content),
    taken_at: new Date(file.lastModified || Date.now()).toISOString(),
    content,
  };
}
