import { readFile, writeFile } from "node:fs/promises";
import { chart } from "./chart.ts";
import { document } from "./document.ts";
import { Kept, outcomesOf, withOutcome } from "./kept.ts";
import type { Subject } from "./subject.ts";
import type { Skipped, Told } from "./told.ts";

const docs = new URL("../../../docs/", import.meta.url);
const figures = new URL("performance.json", docs);

/** Puts one more outcome with those of earlier runs, and the report of them all where readers of the repository find it. */
export async function publish(outcome: Told | Skipped, subjects: readonly Subject[]): Promise<void> {
  const text = await readFile(figures, "utf8").catch(() => "{}");
  const kept = withOutcome(Kept.parse(JSON.parse(text)), outcome);
  const outcomes = outcomesOf(kept, subjects);
  await writeFile(figures, `${JSON.stringify(kept, undefined, 1)}\n`);
  await writeFile(new URL("performance.md", docs), document(outcomes));
  await writeFile(new URL("performance.svg", docs), chart(outcomes.filter((each) => "results" in each)));
}
