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

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("a[data-dialog]").forEach((link) => link.setAttribute("role", "button"));
});
