import { join } from "node:path";
import { defineConfig } from "vite";

const WEB = "src/ambidesk/edge/web";

/** A web form for any site: one file, no module, nothing beside it; its address never changes. */
export default defineConfig({
  root: join(WEB, "forms/script"),
  build: {
    outDir: join(import.meta.dirname, WEB, "ui/static/forms"),
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "main.ts", formats: ["iife"], name: "AmbideskForms", fileName: () => "forms.js" },
  },
});
