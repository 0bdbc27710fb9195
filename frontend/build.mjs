// Builds everything the pages load into src/abdi/platform/static/dist: two style bundles, the scripts,
// one sprite with the icons in icons/list.json. `--check` only tests the contrast of the tokens.
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gridCss } from "./grid.mjs";
import { tokenCss, weakPairs } from "./tokens.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/abdi/platform/static/dist");

const weak = weakPairs();
if (weak.length) {
  console.error(`Colours below their contrast:\n${weak.join("\n")}`);
  process.exit(1);
}
if (process.argv.includes("--check")) process.exit(0);

function symbol(name, source) {
  const box = /viewBox="([^"]+)"/.exec(source)[1];
  const drawing = source
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="i-${name}" viewBox="${box}">${drawing}</symbol>`;
}

function sprite() {
  const tabler = join(here, "node_modules/@tabler/icons/icons/outline");
  const listed = Object.entries(JSON.parse(readFileSync(join(here, "icons/list.json"), "utf8")))
    .map(([name, file]) => [name, join(tabler, `${file}.svg`)]);
  const own = readdirSync(join(here, "icons")).filter((file) => file.endsWith(".svg"))
    .map((file) => [file.slice(0, -4), join(here, "icons", file)]);
  const symbols = [...listed, ...own].sort().map(([name, file]) => symbol(name, readFileSync(file, "utf8")));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

const made = {
  name: "made",
  setup(build) {
    const sources = { "made:tokens": tokenCss, "made:grid": gridCss };
    build.onResolve({ filter: /^made:/ }, (args) => ({ path: args.path, namespace: "made" }));
    build.onLoad({ filter: /.*/, namespace: "made" }, (args) => ({ contents: sources[args.path](), loader: "css" }));
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { public: "css/public.css", staff: "css/staff.css" },
  outdir: out, bundle: true, minify: true, plugins: [made], target: ["chrome100", "safari15.4", "firefox100"],
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: { public: "js/public.js", staff: "js/staff.js", passkeys: "js/passkeys.js", ringing: "js/ringing.js", "ring-worker": "js/ring-worker.js" },
  outdir: out, bundle: true, minify: true, format: "iife", target: ["chrome80", "safari15.4", "firefox90"],
  logLevel: "warning",
});
writeFileSync(join(out, "icons.svg"), sprite());
writeFileSync(join(out, "mark.svg"), readFileSync(join(here, "mark.svg")));
console.log(`Built ${readdirSync(out).sort().join(", ")}`);
