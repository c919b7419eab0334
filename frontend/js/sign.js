// Signing on glass: strokes on a canvas go into the form as a picture.
function setUp(form) {
  const pad = form.querySelector("canvas");
  const target = form.elements.drawing;
  const pen = pad.getContext("2d");
  let drawing = false;
  let drawn = false;

  function place(event) {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  }

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    drawn = false;
    target.value = "";
  }

  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    drawing = true;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.strokeStyle = "#17211c";
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
    drawn = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    pad.addEventListener(name, () => {
      drawing = false;
      if (drawn) target.value = pad.toDataURL("image/png");
    });
  }
  form.querySelector("[data-sign-clear]").addEventListener("click", clear);
  clear();
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-sign]").forEach(setUp);
});
