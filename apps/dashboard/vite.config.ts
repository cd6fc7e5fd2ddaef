import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The page in the browser. The server writes the HTML and finds the files by the manifest. */
export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    // The first that know light-dark(), on which the colours rest (May 2024).
    target: ["chrome123", "firefox120", "safari17.5"],
    outDir: "../dist/web",
    emptyOutDir: true,
    manifest: "manifest.json",
    // An inlined file would be a `data:` URL, which the page's Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "web/main.tsx" },
  },
});
