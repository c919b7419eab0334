// <input type="checkbox" data-check-all="name"> ticks every box of that name in its form;
// [data-check-count="name"] shows how many are ticked.
function boxes(form, name) {
  return [...form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
}

function refresh(form) {
  for (const master of form.querySelectorAll("[data-check-all]")) {
    const all = boxes(form, master.dataset.checkAll);
    const ticked = all.filter((box) => box.checked).length;
    master.checked = ticked > 0 && ticked === all.length;
    master.indeterminate = ticked > 0 && ticked < all.length;
    for (const count of form.querySelectorAll(`[data-check-count="${master.dataset.checkAll}"]`)) {
      count.textContent = `已选 ${ticked} 条`;
    }
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form || event.target.type !== "checkbox") return;
  const name = event.target.dataset.checkAll;
  if (name) boxes(form, name).forEach((box) => { box.checked = event.target.checked; });
  refresh(form);
});
