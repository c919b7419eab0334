// A field to sign on with a finger, a pen or a mouse.

/** Make a canvas a pad; `done(pad)` after each stroke. Returns {clear, drawn}. */
export function padOn(canvas, done) {
  const pen = canvas.getContext("2d");
  let drawing = false;
  let drawn = false;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  }

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.strokeStyle = "#17211c";
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
    drawn = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      if (drawing && drawn) done(canvas);
      drawing = false;
    });
  }
  clear();
  return { clear, drawn: () => drawn };
}
