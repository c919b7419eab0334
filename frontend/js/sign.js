// Signing on glass: what is drawn on each pad of a form goes into its hidden field as a picture.
import { padOn } from "./pad.js";

function setUp(part) {
  const target = part.querySelector('input[type="hidden"]');
  const pad = padOn(part.querySelector("canvas"), (canvas) => { target.value = canvas.toDataURL("image/png"); });
  part.querySelector("[data-sign-clear]").addEventListener("click", () => {
    pad.clear();
    target.value = "";
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-sign] [data-pad]").forEach(setUp);
});
