import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { escaped } from "./feeds/xml.ts";

/** The files of the built page, as the HTML has to name them. */
export interface Assets {
  script: string;
  styles: readonly string[];
}

// https://vite.dev/guide/backend-integration
const Manifest = z.record(z.string(), z.object({ file: z.string(), css: z.array(z.string()).default([]) }));

/** What Vite has built into a folder; undefined when it has not: then the page is what the server writes. */
export async function readAssets(folder: string): Promise<Assets | undefined> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { "main.tsx": entry } = Manifest.parse(JSON.parse(text));
  return entry && { script: `/${entry.file}`, styles: entry.css.map((file) => `/${file}`) };
}

/** What stands in the head of a page: the theme before anything is painted; the script, if there is one, when all is. */
export function linksTo({ script, styles }: { script: string | undefined; styles: readonly string[] }): string {
  return [
    '<script src="/theme.js"></script>',
    ...styles.map((href) => `<link rel="stylesheet" href="${escaped(href)}">`),
    ...(script === undefined ? [] : [`<script type="module" src="${escaped(script)}"></script>`]),
  ].join("\n");
}
