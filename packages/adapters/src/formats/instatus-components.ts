import type { Component } from "@statuswire/status";
import { z } from "zod";
import { defined, id, list, optional, raw, word } from "../payload.ts";

export const componentStatus = word({
  OPERATIONAL: "operational",
  UNDERMAINTENANCE: "under_maintenance",
  DEGRADEDPERFORMANCE: "degraded_performance",
  MINOROUTAGE: "partial_outage",
  PARTIALOUTAGE: "partial_outage",
  MAJOROUTAGE: "major_outage",
});

// Pages in several languages give a map of them.
export const Label = z
  .union([z.string(), z.object({ default: z.string() }).transform((languages) => languages.default)])
  .transform((label) => label.trim());

const RowPart = z.object({
  id,
  name: Label,
  status: z.string(),
  isParent: optional(z.boolean()),
  group: optional(z.union([id, z.object({ id: optional(id), name: optional(Label) })])),
});
type RowPart = z.infer<typeof RowPart>;
export const ComponentPart = RowPart.extend({ children: list(RowPart) });
export type ComponentPart = z.infer<typeof ComponentPart>;

// A group stands among its children, or holds them; its state is derived from theirs.
/** Components without the groups among them. */
export function components(rows: readonly ComponentPart[]): Component[] {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const nested = rows.flatMap(({ children, name }) => children.entries.map((row) => ({ row, group: name })));
  const flat = rows.map((row) => ({ row, group: groupOf(row, names) }));
  const groups = new Set([
    ...rows.filter(({ isParent, children }) => isParent || children.entries.length).map(({ id }) => id),
    ...rows.flatMap(({ group }) => (typeof group === "object" ? (group.id ?? []) : (group ?? []))),
  ]);
  const all = new Map([...flat, ...nested].map((entry) => [entry.row.id, entry]));
  return [...all.values()].filter(({ row }) => !groups.has(row.id)).map(({ row, group }) => component(row, group));
}

function groupOf({ group }: RowPart, names: ReadonlyMap<string, string>): string | undefined {
  if (typeof group !== "object") return names.get(group ?? "") ?? group;
  return group.name ?? names.get(group.id ?? "");
}

function component({ id, name, status: theirs }: RowPart, group: string | undefined): Component {
  const status = componentStatus(theirs);
  return { id, name, status, ...raw(status, theirs), ...defined({ group }) };
}
