// Builds static/build/{main.css,app.js,charts.js,field.js,field-worker.js,icons.svg}. The same input gives the same bytes.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { BOOTSTRAP_ICONS, OWN_ICONS } from "./icons.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "static", "build");

// Old office desktops run Chromium 86 under another name; phones are newer.
const CSS_TARGET = ["chrome80", "safari13"];
const JS_TARGET = "es2019";

async function buildStyles() {
  const { css } = sass.compile(join(root, "frontend/scss/main.scss"), {
    loadPaths: [join(root, "node_modules"), join(root, "frontend/scss")],
    // Bootstrap 5.3 is written with these; they concern its authors, not us.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
    quietDeps: true,
  });
  const { code } = await esbuild.transform(css, {
    loader: "css",
    minify: true,
    target: CSS_TARGET,
    legalComments: "none",
  });
  await writeFile(join(out, "main.css"), code);
}

async function bundle(entry, name) {
  await esbuild.build({
    entryPoints: [join(root, entry)],
    outfile: join(out, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: JS_TARGET,
    charset: "utf8",
    legalComments: "none",
  });
}

function symbol(name, svg) {
  const viewBox = svg.match(/viewBox="([^"]+)"/)[1];
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="${viewBox}">${body.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function buildIcons() {
  const symbols = [];
  for (const [name, file] of Object.entries(BOOTSTRAP_ICONS)) {
    const path = join(root, "node_modules/bootstrap-icons/icons", `${file}.svg`);
    symbols.push(symbol(name, await readFile(path, "utf8")));
  }
  for (const name of OWN_ICONS) {
    symbols.push(symbol(name, await readFile(join(root, "frontend/icons", `${name}.svg`), "utf8")));
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">${symbols.join("")}</svg>`;
  await writeFile(join(out, "icons.svg"), sprite);
}

await mkdir(out, { recursive: true });
await Promise.all([
  buildStyles(),
  bundle("frontend/js/app.js", "app.js"),
  bundle("frontend/js/charts.js", "charts.js"),
  bundle("frontend/field/main.js", "field.js"),
  bundle("frontend/field/worker.js", "field-worker.js"),
  buildIcons(),
]);
