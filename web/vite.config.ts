import { svelte } from "@sveltejs/vite-plugin-svelte";
import { copyFileSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const out = process.env.SAYSO_PAGE_OUT ?? resolve(import.meta.dirname, "../src/sayso/page/static");

/** Lay the outlines of the countries beside the page: they are asked for when the map is first opened. */
function atlas(): Plugin {
  return {
    name: "atlas",
    closeBundle() {
      mkdirSync(out, { recursive: true });
      copyFileSync(resolve(import.meta.dirname, "node_modules/world-atlas/countries-50m.json"), resolve(out, "atlas.json"));
    },
  };
}

export default defineConfig({
  plugins: [svelte(), atlas()],
  base: "./",
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    license: { fileName: "licenses.md" },
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: "app.js", assetFileNames: "app[extname]", codeSplitting: false },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8808", "/atlas.json": "http://127.0.0.1:8808" } },
});
