// One record as a file that any browser opens and prints: the way out when the portal does not take it.
import { photoBytes, photoRows } from "./store.js";

function escaped(text) {
  const box = document.createElement("i");
  box.textContent = String(text === undefined || text === null ? "" : text);
  return box.innerHTML;
}

function labelOf(name) {
  const field = document.querySelector(`#visit [name="${name}"]`);
  const box = field && field.closest("[data-label]");
  return box ? box.dataset.label : name;
}

function wordOf(name, value) {
  if (Array.isArray(value)) return value.map((each) => wordOf(name, each)).join("、");
  const option = document.querySelector(`#visit select[name="${name}"] option[value="${value}"]`);
  const box = document.querySelector(`#visit input[type="checkbox"][name="${name}"][value="${value}"]`);
  if (option && value) return option.textContent;
  return box ? box.closest("label").textContent.trim() : value;
}

function base64(buffer) {
  let text = "";
  const bytes = new Uint8Array(buffer);
  for (let place = 0; place < bytes.length; place += 8192) text += String.fromCharCode(...bytes.subarray(place, place + 8192));
  return btoa(text);
}

export async function exported(me, row) {
  const { answers = [], promises = [], photos, place, society, signatures, ...core } = row.body;
  const lines = Object.entries(core).map(([name, value]) => `<tr><th>${escaped(labelOf(name))}</th><td>${escaped(wordOf(name, value))}</td></tr>`);
  const asked = answers.map((each) => `<li>${escaped(each.text)}：${escaped(each.answer)} ${escaped(each.note)}</li>`);
  const agreed = promises.map((each) => `<li>${escaped(each.text)}（${escaped(each.due_on)}）</li>`);
  const pictures = [];
  for (const photo of await photoRows(me.owner)) {
    if (photo.record === row.id) pictures.push(`<img alt="走访照片或签字" width="480" src="data:image/jpeg;base64,${base64(await photoBytes(me, photo.id))}">`);
  }
  const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>走访记录</title><h1>走访记录：${escaped(row.name)}</h1><p>统一社会信用代码 ${escaped(society)}；记录编号 ${escaped(row.id)}</p><table border="1" cellpadding="6">${lines.join("")}</table><h2>问题</h2><ul>${asked.join("")}</ul><h2>约定</h2><ul>${agreed.join("")}</ul>${pictures.join("<br>")}<p>辅导员签字：＿＿＿＿＿＿　合作社签字：${escaped((signatures || {}).signer) || "＿＿＿＿＿＿"}</p></html>`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = `走访记录-${core.visited_on || ""}-${row.id.slice(0, 8)}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
