// Filter forms: the address carries only what was chosen, and the panel stays shut on a phone.
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form[data-filter]");
  if (!form) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-filter]")) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
});

document.addEventListener("DOMContentLoaded", () => {
  if (window.matchMedia("(min-width: 640px)").matches) return;
  document.querySelectorAll("details[data-shut-on-phone]").forEach((panel) => { panel.open = false; });
});
