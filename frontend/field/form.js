// The form and the body of a visit: one is read into the other and back.
const LISTS = ["answers", "promises", "photos"];

function questionLine(row, place) {
  const line = document.getElementById("question-template").content.firstElementChild.cloneNode(true);
  line.querySelector("legend").textContent = row.text;
  line.querySelector("[data-why]").textContent = row.why;
  line.dataset.key = row.key;
  line.dataset.kind = row.kind;
  line.dataset.text = row.text;
  line.dataset.why = row.why;
  const choice = row.kind === "yes_no" || row.kind === "done";
  line.querySelector("[data-choice]").hidden = !choice;
  const free = line.querySelector("[data-free]");
  free.hidden = choice;
  free.setAttribute("aria-label", row.text);
  if (row.kind === "number") free.inputMode = "numeric";
  free.value = choice ? "" : row.answer;
  const words = row.kind === "done" ? { yes: "办好了", no: "还没有" } : { yes: "是", no: "否" };
  for (const radio of line.querySelectorAll('input[type="radio"]')) {
    radio.name = `answer-${place}`;
    radio.checked = choice && radio.value === row.answer;
    if (words[radio.value]) radio.nextElementSibling.textContent = words[radio.value];
  }
  const note = line.querySelector("[data-note]");
  note.setAttribute("aria-label", `说明：${row.text}`);
  note.value = row.note;
  return line;
}

export function promiseLine(row) {
  const line = document.getElementById("promise-template").content.firstElementChild.cloneNode(true);
  line.dataset.id = row.id || crypto.randomUUID();
  for (const name of ["text", "kind", "owner", "due_on"]) if (row[name]) line.querySelector(`[data-promise="${name}"]`).value = row[name];
  line.querySelector('[data-promise="grave"]').checked = Boolean(row.grave);
  line.querySelector("[data-remove]").addEventListener("click", () => {
    line.remove();
    document.getElementById("visit").dispatchEvent(new Event("input", { bubbles: true }));
  });
  return line;
}

/** Put a body into the form. */
export function filled(form, body) {
  form.reset();
  for (const field of form.querySelectorAll("[name]")) {
    if (field.closest("[data-question]")) continue;
    const value = body[field.name];
    if (field.type === "checkbox") field.checked = Array.isArray(value) && value.includes(field.value);
    else if (field.type !== "file") field.value = value === undefined || value === null ? "" : value;
  }
  document.getElementById("questions").replaceChildren(...(body.answers || []).map(questionLine));
  document.getElementById("promises").replaceChildren(...(body.promises || []).map(promiseLine));
  document.getElementById("questions-part").hidden = !(body.answers || []).length;
  document.getElementById("place-state").textContent = body.place ? "已定位" : "还没有定位";
  document.getElementById("add-promise").onclick = () => document.getElementById("promises").append(promiseLine({}));
}

/** Read the form into the fields of a body; photos and place are kept beside it. */
export function read(form) {
  const body = {};
  for (const field of form.querySelectorAll("[name]")) {
    if (field.closest("[data-question]") || field.type === "file" || LISTS.includes(field.name)) continue;
    if (field.type === "checkbox") {
      body[field.name] = body[field.name] || [];
      if (field.checked) body[field.name].push(field.value);
    } else body[field.name] = field.value;
  }
  body.answers = [...form.querySelectorAll("[data-question]")].map((line) => {
    const chosen = line.querySelector('input[type="radio"]:checked');
    const { key, kind, text, why } = line.dataset;
    const answer = chosen ? chosen.value : line.querySelector("[data-free]").value.trim();
    return { key, kind, text, why, answer, note: line.querySelector("[data-note]").value.trim() };
  });
  body.promises = [...form.querySelectorAll("[data-promise-line]")].map((line) => {
    const of = (name) => line.querySelector(`[data-promise="${name}"]`);
    return { id: line.dataset.id, text: of("text").value.trim(), kind: of("kind").value, owner: of("owner").value, due_on: of("due_on").value, grave: of("grave").checked };
  });
  return body;
}
