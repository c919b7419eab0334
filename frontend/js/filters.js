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

// Forms beside the list act on the conditions as the filter has set them since the page came.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keeps-address]")) return;
  const address = new URLSearchParams(window.location.search);
  const query = form.elements.query;
  if (query) {
    query.value = address.toString();
    return;
  }
  form.querySelectorAll('input[type="hidden"]:not([name="col"])').forEach((field) => field.remove());
  for (const [name, value] of address) {
    if (["col", "cols", "before", "after", "page", "all"].includes(name)) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
});

const wide = window.matchMedia("(min-width: 40em)");

function settle(root) {
  const onPhone = !wide.matches;
  root.querySelectorAll("details[data-shut-on-phone]:not([data-settled])").forEach((panel) => {
    if (onPhone) panel.open = false;
    panel.dataset.settled = "";
  });
}

// A phone that is turned has room again, and no summary there to open the panel by.
wide.addEventListener("change", () => {
  if (!wide.matches) return;
  document.querySelectorAll("details[data-shut-on-phone]").forEach((panel) => { panel.open = true; });
});

document.addEventListener("DOMContentLoaded", () => settle(document));
document.addEventListener("htmx:load", (event) => settle(event.target.parentElement || document));
