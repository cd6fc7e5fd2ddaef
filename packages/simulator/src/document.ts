import type { Page } from "./world.ts";

/** What a page answers. */
export interface Document {
  type: string;
  body: string;
  /** 200 when absent. */
  status?: number;
}

export interface Asked {
  path: string;
  /** Where the page lives, `http://127.0.0.1:4711`: what its links begin with. */
  origin: string;
}

/** What a page says at a path; undefined where it has nothing. Pure: the same page always says the same. */
export type Render = (page: Page, asked: Asked) => Document | undefined;

export function json(value: unknown): Document {
  return { type: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

/** What vendors answer a path with that they don't have: a page for people. */
export function notFound(): Document {
  return html({ status: 404, title: "Not Found", lines: ["The page you were looking for doesn't exist."] });
}

export function html({
  title,
  lines,
  status,
}: {
  title: string;
  lines: readonly string[];
  status?: number;
}): Document {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join("");
  const body = `<!DOCTYPE html><html lang="en"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${paragraphs}</html>`;
  return { type: "text/html; charset=utf-8", body, ...(status && { status }) };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
