// The report's form: questions that follow from an answer come and go, and what was typed is kept
// in this tab until the server has it, so that a lost session or network loses nothing.
import { tell } from "./messages.js";

const PREFIX = "report:";

function fieldsOf(form) {
  return [...form.elements].filter((field) => /^[fnrp]-/.test(field.name));
}

function snapshot(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio") {
      if (field.checked) values[field.name] = field.value;
    } else if (field.type === "checkbox") values[field.name] = field.checked;
    else values[field.name] = field.value;
  }
  return { seen: form.elements.seen.value, values };
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    const value = values[field.name];
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
}

function follow(form) {
  for (const line of form.querySelectorAll("[data-when]")) {
    const [name, wanted] = line.dataset.when.split("=");
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    line.hidden = !chosen || chosen.value !== wanted;
  }
}

function key(form) {
  return PREFIX + form.dataset.reportForm;
}

function store(form) {
  try {
    sessionStorage.setItem(key(form), JSON.stringify(snapshot(form)));
  } catch (error) {
    // A full or forbidden store only means that nothing is kept besides the server.
  }
}

function takeBack(form) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(key(form)));
    sessionStorage.removeItem(key(form));
  } catch (error) {
    return;
  }
  if (!kept || kept.seen !== form.elements.seen.value) return;
  if (JSON.stringify(kept.values) === JSON.stringify(snapshot(form).values)) return;
  fill(form, kept.values);
  tell("info", "已找回上次没有存上的内容，正在重新保存。");
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-report-form]");
  if (form) store(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-report-form]");
  if (!form) return;
  store(form);
  follow(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = document.querySelector("[data-report-form]");
  if (!form || !event.detail.successful) return;
  if (event.detail.pathInfo.requestPath !== form.dataset.reportForm) return;
  if (new URL(event.detail.xhr.responseURL).pathname !== form.dataset.reportForm) return;
  sessionStorage.removeItem(key(form));
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-report-form]").forEach((form) => {
    follow(form);
    setTimeout(() => {
      takeBack(form);
      follow(form);
    });
  });
});
