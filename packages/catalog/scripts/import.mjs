// Makes data/catalog.json of a table: node scripts/import.mjs TABLE.tsv
import { readFileSync, writeFileSync } from "node:fs";
import { corrections } from "./corrections.mjs";
import { mergeSame } from "./merge.mjs";
import { serviceOf } from "./row.mjs";

const [table] = process.argv.slice(2);
if (!table) throw new Error("Which table? node scripts/import.mjs TABLE.tsv");

const rows = readFileSync(table, "utf8").trim().split("\n").slice(1);
const read = rows.map((row) => serviceOf(row.split("\t"))).filter(Boolean);
const services = corrections(mergeSame(read)).sort((a, b) => (a.id < b.id ? -1 : 1));

const ids = services.map(({ id }) => id);
const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
if (twice.length > 0) throw new Error(`Two services have the same id: ${twice.join(", ")}`);

const lines = services.map((service) =>
  JSON.stringify(service, (_key, value) => (empty(value) ? undefined : value)),
);
writeFileSync(new URL("../data/catalog.json", import.meta.url), `[\n${lines.join(",\n")}\n]\n`);
console.log(`${rows.length} rows, ${services.length} services`);

function empty(value) {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
