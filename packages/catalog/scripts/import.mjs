// Makes data/ and docs/catalog.md of a table, after a build: node scripts/import.mjs TABLE.tsv
import { readFileSync, writeFileSync } from "node:fs";
import { Catalog, catalogJsonSchema } from "../dist/schema.js";
import { corrections } from "./corrections.mjs";
import { mergeSame } from "./merge.mjs";
import { catalogPage } from "./page.mjs";
import { serviceOf } from "./row.mjs";

const [table] = process.argv.slice(2);
if (!table) throw new Error("Which table? node scripts/import.mjs TABLE.tsv");

const rows = readFileSync(table, "utf8").trim().split("\n").slice(1);
const read = rows.map((row) => serviceOf(row.split("\t"))).filter(Boolean);
const services = corrections(mergeSame(read)).sort((a, b) => (a.id < b.id ? -1 : 1));
Catalog.parse(services);

const ids = services.map(({ id }) => id);
const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
if (twice.length > 0) throw new Error(`Two services have the same id: ${twice.join(", ")}`);

const lines = services.map((service) =>
  JSON.stringify(service, (_key, value) => (isEmpty(value) ? undefined : value)),
);
write("../data/catalog.json", `[\n${lines.join(",\n")}\n]\n`);
write("../data/catalog.schema.json", `${JSON.stringify(catalogJsonSchema(), undefined, 2)}\n`);
write("../../../docs/catalog.md", catalogPage(services));
console.log(`${rows.length} rows, ${services.length} services`);

function isEmpty(value) {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function write(path, text) {
  writeFileSync(new URL(path, import.meta.url), text);
}
