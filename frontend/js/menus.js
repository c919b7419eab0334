// The navigation on small screens, and <details> panels that close like menus.
function setNavigation(open) {
  const nav = document.getElementById("side-nav");
  const toggle = document.querySelector(".nav-toggle");
  nav.classList.toggle("is-open", open);
  toggle.setAttribute("aria-expanded", String(open));
}

document.addEventListener("click", (event) => {
  const toggle = event.target.closest(".nav-toggle");
  if (toggle) {
    event.preventDefault();
    setNavigation(toggle.getAttribute("aria-expanded") !== "true");
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const toggle = document.querySelector('.nav-toggle[aria-expanded="true"]');
  if (toggle) {
    setNavigation(false);
    toggle.focus();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  const toggle = document.querySelector(".nav-toggle");
  if (toggle) {
    toggle.setAttribute("role", "button");
    toggle.setAttribute("aria-controls", "side-nav");
    toggle.setAttribute("aria-expanded", "false");
  }
  // After a refused form, the reader starts at the list of what to mend.
  const faults = document.querySelector(".error-summary:not([data-sample] *)");
  if (faults) faults.focus();
});

// A link that works as a button also answers the space bar.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches('a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
});
