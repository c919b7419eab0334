// The search box of the page head: "/" leads to it, suggestions are a list box under it.
const box = () => document.getElementById("find-q");
const panel = () => document.getElementById("find-suggestions");
const options = () => [...panel().querySelectorAll('[role="option"]')];

function show(open) {
  panel().hidden = !open;
  box().setAttribute("aria-expanded", String(open && options().length > 0));
  if (!open) choose(null);
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) {
    box().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    box().removeAttribute("aria-activedescendant");
  }
}

function move(step) {
  const all = options();
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  choose(all[next] || null);
}

function steer(event) {
  if (event.key === "Escape" && !panel().hidden) {
    event.preventDefault();
    show(false);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!options().length) return;
    event.preventDefault();
    if (panel().hidden) show(true);
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !event.isComposing) {
    const chosen = options().find((each) => each.getAttribute("aria-selected") === "true");
    if (!chosen || panel().hidden) return;
    event.preventDefault();
    chosen.click();
  }
}

document.addEventListener("DOMContentLoaded", () => {
  if (!box()) return;
  const roles = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(roles)) box().setAttribute(name, value);
  box().setAttribute("aria-controls", "find-list");
  box().addEventListener("keydown", steer);
  box().addEventListener("focus", () => {
    if (box().value.trim() && panel().childElementCount) show(true);
  });
  panel().addEventListener("htmx:afterSwap", () => show(panel().childElementCount > 0));
});

document.addEventListener("click", (event) => {
  if (box() && !event.target.closest(".find-box")) show(false);
});

document.addEventListener("focusin", (event) => {
  if (box() && !event.target.closest(".find-box")) show(false);
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey || !box()) return;
  event.preventDefault();
  box().focus();
  box().select();
});
