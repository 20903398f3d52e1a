import tailwindcss from "@tailwindcss/vite";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const PACKAGE = "src/ambidesk";
const WEB = `${PACKAGE}/edge/web`;
const OUT = join(import.meta.dirname, WEB, "ui/static/dist");
const ICONS = join(import.meta.dirname, "node_modules/lucide-static/icons");

/** Names of icons that templates and pages mention. */
function mentioned(): string[] {
  const names = new Set<string>();
  for (const entry of readdirSync(PACKAGE, { recursive: true, encoding: "utf8" })) {
    if (!/\.(html|py|ts)$/.test(entry) || entry.includes("/dist/")) continue;
    const text = readFileSync(join(PACKAGE, entry), "utf8");
    // In a table of icons every quoted word counts, elsewhere what stands beside the word icon.
    const quoted = entry.endsWith("icons.py") ? /["']([a-z0-9-]+)["']/g : /(?:icon[ =:]+|icon\()["']([a-z0-9-]+)["']/g;
    for (const match of text.matchAll(quoted)) if (match[1]) names.add(match[1]);
  }
  return [...names].filter((name) => existsSync(join(ICONS, `${name}.svg`))).sort();
}

/** One SVG file with a symbol an icon, so that a page fetches them once. */
function sprite(): Plugin {
  return {
    name: "sprite",
    writeBundle() {
      const symbols = mentioned().map((name) => {
        const svg = readFileSync(join(ICONS, `${name}.svg`), "utf8");
        const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
        const stroke = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"';
        return `<symbol id="${name}" viewBox="0 0 24 24" ${stroke}>${body.trim()}</symbol>`;
      });
      const file = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      const name = `icons-${createHash("sha256").update(file).digest("hex").slice(0, 8)}.svg`;
      writeFileSync(join(OUT, name), file);
      const manifest = join(OUT, "manifest.json");
      const known = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, unknown>;
      known["icons.svg"] = { file: name };
      writeFileSync(manifest, JSON.stringify(known, null, 1));
    },
  };
}

export default defineConfig({
  root: join(WEB, "ui/islands"),
  base: "/static/dist/",
  plugins: [tailwindcss(), sprite()],
  // The map's worker is a module, as is everything else; the policy lets it come from here only.
  worker: { format: "es" },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // htmx has an eval that our configuration and policy never let it reach.
      checks: { eval: false },
      input: [join(WEB, "ui/islands/main.ts"), join(WEB, "ui/islands/face.ts"), join(WEB, "ui/islands/charts.ts"), join(WEB, "ui/islands/map.ts"), join(WEB, "ui/islands/centre.ts"), join(WEB, "ui/islands/frame.css")],
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
