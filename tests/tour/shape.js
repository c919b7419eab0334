// Returns the shape of the page's main part and of the frame around it: elements, classes and what
// assistive technology is told, without words; equal neighbours, such as the rows of a table, count
// once. What axe says of two pages of one shape is the same.
() => {
  const told = ["role", "type", "scope", "tabindex", "style", "hidden", "open", "disabled"];
  const shapeOf = (element) => {
    let shape = `<${element.tagName} ${element.className.baseVal ?? element.className}`;
    for (const { name, value } of element.attributes) {
      if (told.includes(name)) shape += ` ${name}=${value.replace(/\d+/g, "0")}`;
      else if (name.startsWith("aria-") || ["alt", "title", "for"].includes(name)) {
        shape += ` ${name}${value.trim() ? "+" : ""}`;
      }
    }
    shape += ">";
    let before = "";
    for (const child of element.childNodes) {
      let part = "";
      if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) part = "t";
      if (child.nodeType === Node.ELEMENT_NODE && child.tagName !== "MAIN" && child.tagName !== "SCRIPT") {
        part = child.tagName === "svg" ? "<svg>" : shapeOf(child);
      }
      if (part && part !== before) shape += part;
      if (part) before = part;
    }
    return `${shape}</>`;
  };
  const main = document.querySelector("main");
  return [shapeOf(document.body), main ? shapeOf(main) : ""];
}
