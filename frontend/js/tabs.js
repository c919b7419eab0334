// The chosen tab stands in view, however long the names before it are.
function showChosen() {
  for (const tab of document.querySelectorAll(".tab[aria-current]")) {
    const strip = tab.closest(".tabs");
    const [outer, inner] = [strip.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) {
      strip.scrollLeft += inner.left - outer.left - Math.max(0, (outer.width - inner.width) / 2);
    }
  }
}

document.addEventListener("DOMContentLoaded", showChosen);
document.addEventListener("htmx:afterSettle", showChosen);
