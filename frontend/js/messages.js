// Toasts. Good news leaves by itself unless looked at; warnings and faults stay until closed.
const STAY = new Set(["bad", "warn"]);
const SHOWN_FOR = 6000;

function iconOf(tone) {
  const sprite = document.querySelector("[data-icons]").dataset.icons;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${tone}`);
  svg.append(use);
  return svg;
}

function dismiss(toast) {
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), 300);
}

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  if (STAY.has(toast.dataset.tone)) return;
  let timer;
  const start = () => { timer = setTimeout(() => dismiss(toast), SHOWN_FOR); };
  const stop = () => clearTimeout(timer);
  for (const event of ["mouseenter", "focusin"]) toast.addEventListener(event, stop);
  for (const event of ["mouseleave", "focusout"]) toast.addEventListener(event, start);
  start();
}

/** Show one message. `tone` is ok, info, warn or bad; the text is shown as text. */
export function tell(tone, text) {
  const toast = document.createElement("div");
  toast.className = `toast toast-${tone}`;
  toast.dataset.tone = tone;
  const words = document.createElement("p");
  words.className = "toast-text";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.setAttribute("aria-label", "关闭提示");
  close.append(iconOf("close"));
  toast.append(iconOf(tone), words, close);
  document.getElementById("toasts").append(toast);
  watch(toast);
}

function watchAll() {
  document.querySelectorAll(".toast").forEach(watch);
}

document.addEventListener("click", (event) => {
  const close = event.target.closest(".toast-close");
  if (close) dismiss(close.closest(".toast"));
});

// The server may send a message along with a fragment: HX-Trigger: {"portal:tell": {"tone", "text"}}
document.addEventListener("portal:tell", (event) => tell(event.detail.tone, event.detail.text));
document.addEventListener("htmx:afterSettle", watchAll);
document.addEventListener("DOMContentLoaded", watchAll);
