// Charts are drawn when they come near the window: their script is the largest of the portal, and
// a page with charts further down is to be read before it has come. <meta name="charts"> holds its address.
const NEAR = "300px";
let asked = false;

function load() {
  const meta = document.querySelector('meta[name="charts"]');
  if (asked || !meta) return;
  asked = true;
  const script = document.createElement("script");
  script.src = meta.content;
  document.head.append(script);
}

function watch(root) {
  const places = root.querySelectorAll("[data-chart]");
  if (!places.length) return;
  if (!window.IntersectionObserver) { load(); return; }
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    near.disconnect();
    load();
  }, { rootMargin: NEAR });
  places.forEach((place) => near.observe(place));
}

document.addEventListener("DOMContentLoaded", () => watch(document));
document.addEventListener("htmx:load", (event) => watch(event.target.parentElement || document));
window.addEventListener("beforeprint", load);
