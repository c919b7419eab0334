// Column chooser: <details data-columns="table-id"> with a checkbox per data-col of that table.
function keyOf(chooser) {
  return `columns:${chooser.dataset.columns}`;
}

function hiddenColumns(chooser) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(chooser)));
    if (Array.isArray(kept)) return new Set(kept);
  } catch (error) {
    // A browser that keeps nothing simply shows the default columns.
  }
  const boxes = [...chooser.querySelectorAll("input[data-column]")];
  return new Set(boxes.filter((box) => !box.defaultChecked).map((box) => box.dataset.column));
}

function apply(chooser) {
  const hidden = hiddenColumns(chooser);
  for (const box of chooser.querySelectorAll("input[data-column]")) box.checked = !hidden.has(box.dataset.column);
  const table = document.getElementById(chooser.dataset.columns);
  if (!table) return;
  for (const cell of table.querySelectorAll("[data-col]")) cell.hidden = hidden.has(cell.dataset.col);
}

function applyAll() {
  document.querySelectorAll("[data-columns]").forEach(apply);
}

document.addEventListener("change", (event) => {
  const chooser = event.target.closest("[data-columns]");
  if (!chooser || !event.target.dataset.column) return;
  const boxes = [...chooser.querySelectorAll("input[data-column]")];
  const hidden = boxes.filter((box) => !box.checked).map((box) => box.dataset.column);
  try {
    localStorage.setItem(keyOf(chooser), JSON.stringify(hidden));
  } catch (error) {
    // Storage may be full or refused; the choice then lasts until the page is left.
    boxes.forEach((box) => { box.defaultChecked = box.checked; });
  }
  apply(chooser);
});

document.addEventListener("DOMContentLoaded", applyAll);
document.addEventListener("htmx:afterSettle", applyAll);
