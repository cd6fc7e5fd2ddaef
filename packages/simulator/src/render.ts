import { html, notFound, type Document, type Render } from "./document.ts";
import { apple } from "./formats/apple.ts";
import { incidentio } from "./formats/incidentio.ts";
import { statuspage } from "./formats/statuspage.ts";
import type { Page, Vendor } from "./world.ts";

const renders: Record<Vendor, Render> = { statuspage, incidentio, apple };

/** What a page answers at a path: its vendor's documents, a plain page for people at `/` and for each incident, else a 404. */
export function render(page: Page, asked: { path: string; origin: string }): Document {
  return renders[page.vendor](page, asked) ?? forPeople(page, asked.path) ?? notFound();
}

function forPeople(page: Page, path: string): Document | undefined {
  if (path === "/") {
    return html({ title: page.name, lines: page.components.map(({ name, status }) => `${name}: ${status}`) });
  }
  const affairs = [...page.incidents, ...page.maintenances];
  const affair = affairs.find(({ id }) => path === `/incidents/${id}`);
  return affair && html({ title: affair.title, lines: affair.updates.map(told).reverse() });
}

function told({ at, status, body }: { at: Date; status: string; body: string }): string {
  return `${at.toISOString()} ${status}: ${body}`;
}
