// Returns what a careful eye would hold against the page as it stands.
// {overflow: px the page is wider than its window, out: [what sticks out of its box],
//  cut: [text that cannot be read to its end], shift: layout shift since the first paint}
() => {
  const MOST = 5;
  const name = (element) => {
    const classes = [...element.classList].slice(0, 2).map((each) => `.${each}`).join("");
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 12);
    return `${element.tagName.toLowerCase()}${classes}「${words}」`;
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  // The nearest box whose edge counts; none where something further out scrolls or hides on purpose.
  const boxOf = (element) => {
    let box = null;
    for (let at = element.parentElement; at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === "fixed" || style.overflowX !== "visible") return null;
      if (!box && !["inline", "contents"].includes(style.display)) box = at;
    }
    return box;
  };
  const out = [];
  const cut = [];
  for (const element of document.body.querySelectorAll("*:not(svg *, option, script, style, template)")) {
    const style = getComputedStyle(element);
    if (!seen(element)) continue;
    const clips = style.overflowX === "hidden" || style.overflowX === "clip";
    if (clips && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 8
        && !element.closest("[title]") && element.textContent.trim()) {
      cut.push(name(element));
    }
    if (["absolute", "fixed"].includes(style.position) || style.transform !== "none") continue;
    const box = boxOf(element);
    if (!box) continue;
    const by = Math.round(element.getBoundingClientRect().right - box.getBoundingClientRect().right);
    if (by > 1) out.push(`${name(element)} +${by}`);
  }
  return {
    overflow: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    out: out.slice(0, MOST),
    cut: cut.slice(0, MOST),
    shift: Math.round((window.shiftSoFar || 0) * 1000) / 1000,
  };
}
