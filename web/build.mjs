// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes dist/: one script, one style sheet, one icon sprite, the mark; each also as .gz and .br. Fixed names, so that meson
// can name its inputs; the hash that goes into the address is in assets.txt. No network.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const BUDGET = 60_000;
const ICONS = readFileSync("src/icons.txt", "utf8").split("\n").filter((line) => line && !line.startsWith("#"));

async function bundle(entry) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    target: "es2020",
    format: entry.endsWith(".js") ? "iife" : undefined,
    legalComments: "none",
    write: false,
  });
  return Buffer.from(result.outputFiles[0].contents);
}

// One <symbol> per icon; the drawing's own attributes move to the class .icon.
function sprite() {
  const symbols = ICONS.map((name) => {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const shapes = svg.replace(/<!--.*?-->/gs, "").replace(/<svg[^>]*>|<\/svg>/g, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
      `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

const br = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
const files = {
  "app.js": await bundle("src/app.js"),
  "app.css": await bundle("src/app.css"),
  "icons.svg": sprite(),
  "mark.svg": readFileSync("src/mark.svg"),
};
const lines = [];
let total = 0;
for (const [name, bytes] of Object.entries(files)) {
  const gz = gzipSync(bytes, { level: 9 });
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  writeFileSync(`dist/${name}`, bytes);
  writeFileSync(`dist/${name}.gz`, gz);
  writeFileSync(`dist/${name}.br`, br(bytes));
  lines.push(`${name} ${hash}`);
  total += gz.length;
  console.log(`${name.padEnd(12)} ${String(bytes.length).padStart(7)} bytes, ${String(gz.length).padStart(6)} gzip`);
}
writeFileSync("dist/assets.txt", lines.join("\n") + "\n");
console.log(`first load without the page itself: ${total} of ${BUDGET} bytes gzip`);
if (total > BUDGET - 8000) throw new Error("over the budget of the first load");
