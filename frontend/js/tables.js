// A table wider than its window scrolls sideways; then the keyboard must be able to reach it.
function nameOf(wrap) {
  const section = wrap.closest("section");
  const title = wrap.querySelector("caption") || (section && section.querySelector("h2, h3"));
  return title ? title.textContent.trim() : "表格";
}

function check(wrap) {
  const overflows = wrap.scrollWidth > wrap.clientWidth + 1;
  if (overflows && !wrap.hasAttribute("tabindex")) {
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", `${nameOf(wrap)}，可左右滚动`);
    wrap.dataset.scrolls = "yes";
  } else if (!overflows && wrap.dataset.scrolls) {
    for (const name of ["tabindex", "role", "aria-label", "data-scrolls"]) wrap.removeAttribute(name);
  }
}

function checkAll() {
  document.querySelectorAll(".table-wrap").forEach(check);
}

document.addEventListener("DOMContentLoaded", checkAll);
document.addEventListener("htmx:afterSettle", checkAll);
window.addEventListener("resize", checkAll);
