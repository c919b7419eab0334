// Uploads: say what was chosen and refuse at once what is plainly too big; show bytes under way.
function sizeInWords(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function describe(input) {
  const area = input.closest(".upload");
  const note = document.getElementById(input.dataset.chosen) || (area && area.querySelector("[data-chosen]"));
  const files = [...input.files];
  const limit = Number(input.dataset.maxBytes || 0);
  const tooBig = files.filter((file) => limit && file.size > limit);
  const names = files.length > 1 ? `其中“${tooBig.map((file) => file.name).join("”“")}”` : "文件";
  input.setCustomValidity(tooBig.length ? `${names}超过上限 ${sizeInWords(limit)}，请拆分或压缩后再上传。` : "");
  if (note) {
    const chosen = files.map((file) => `${file.name}（${sizeInWords(file.size)}）`).join("、");
    note.textContent = files.length ? `已选择${files.length > 1 ? ` ${files.length} 个` : ""}：${chosen}` : "";
  }
  if (tooBig.length) input.reportValidity();
}

document.addEventListener("change", (event) => {
  if (event.target.type === "file") describe(event.target);
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress[data-upload]");
  if (!bar || !event.detail.total) return;
  bar.hidden = false;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const area = event.target.closest && event.target.closest(".upload");
    if (!area) return;
    event.preventDefault();
    area.classList.toggle("is-over", name === "dragenter" || name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    const input = area.querySelector('input[type="file"]');
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
