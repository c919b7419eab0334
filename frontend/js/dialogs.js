// Confirm with a reason: <a href="#id" data-dialog> opens <dialog id="id">.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.querySelector(opener.getAttribute("href") || `#${opener.dataset.dialog}`);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-close-dialog]");
  if (closer) {
    const dialog = closer.closest("dialog");
    if (dialog.open) {
      event.preventDefault();
      dialog.close();
    }
  }
});

// Links that act as buttons say so, and answer to the space bar as buttons do.
const ACTS = "a[data-dialog], a[data-close-dialog]";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(ACTS).forEach((link) => link.setAttribute("role", "button"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches(ACTS)) {
    event.preventDefault();
    event.target.click();
  }
});
