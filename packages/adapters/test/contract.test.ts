import { describe, expect, test } from "@jest/globals";
import { canonicalJson, PayloadError, Snapshot } from "@statuswire/status";
import { snapshotOf } from "../src/adapt.ts";
import type { Format } from "../src/format.ts";
import { urlsOf } from "../src/format.ts";
import { json } from "../src/read.ts";
import {
  accepted,
  expectedFor,
  folders,
  hasFixture,
  readSources,
  registry,
  rejected,
  textOf,
  told,
} from "./fixtures.ts";
import { liesIn } from "./lies.ts";
import { mutationsOf, nonsense, reversed, truncations } from "./mutations.ts";

describe.each(registry)("the format %s", (_name, format) => {
  test("has a fixture", () => {
    expect(hasFixture(format)).toBe(true);
  });

  test("asks a page for URLs", () => {
    const urls = format.ways.flatMap((way) => urlsOf(way, new URL("https://status.example.com/")));
    expect(urls.map(({ protocol }) => protocol)).toEqual(urls.map(() => "https:"));
  });

  test.each(nonsense.map((text) => [text.slice(0, 30), text]))("reads nothing into %j", (_start, text) => {
    expect(outcomeOf(() => snapshotOf(format, text, told))).toBe("PayloadError");
  });
});

test.each(folders)("the fixtures of %s have their sources written down", (folder) => {
  expect(readSources(folder)).not.toBe("");
});

describe.each(rejected)("$name", ({ format, file }) => {
  test("is refused", () => {
    expect(outcomeOf(() => snapshotOf(format, textOf(file), told))).toBe("PayloadError");
  });
});

describe.each(accepted)("$name", ({ format, file }) => {
  const text = textOf(file);
  const payload = () => (format.read ?? json)(text);
  const said = () => format.adapt(payload(), told);

  test("is read as written beside it", () => {
    expect(said()).toEqual(expectedFor(file, said));
  });

  test("gives a snapshot, and leaves out what it does not say", () => {
    expect(Snapshot.parse(said())).toStrictEqual(said());
  });

  test("gives the same again, whatever the order of its keys", () => {
    expect(unordered(format.adapt(reversed(payload()), told))).toBe(unordered(said()));
  });

  test("cut short is read in part or refused, with a reason", () => {
    const outcomes = truncations(text).map((part) => outcomeOf(() => snapshotOf(format, part, told)));
    expect(outcomes.filter((outcome) => outcome !== "PayloadError" && outcome !== "a snapshot")).toEqual([]);
  });

  test("with anything wrong in it is read or refused, and never better than it was", () => {
    expect(liesAbout(format, payload())).toEqual([]);
  });
});

function outcomeOf(adapt: () => Snapshot): string {
  try {
    return Snapshot.safeParse(adapt()).success ? "a snapshot" : "no snapshot";
  } catch (error) {
    return error instanceof PayloadError ? "PayloadError" : String(error);
  }
}

function liesAbout(format: Format, payload: unknown): string[] {
  const truth = format.adapt(payload, told);
  const lies: string[] = [];
  for (const { what, payload: mutated, empties } of mutationsOf(payload)) {
    try {
      const said = Snapshot.parse(format.adapt(mutated, told));
      lies.push(...liesIn({ truth, said, empties }).map((lie) => `${what}: ${lie}`));
    } catch (error) {
      if (!(error instanceof PayloadError)) lies.push(`${what}: ${String(error).slice(0, 300)}`);
    }
  }
  return lies;
}

function unordered(snapshot: Snapshot): string {
  const byId = (entries: readonly { id: string }[]) => entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { components, incidents, maintenances } = snapshot;
  return canonicalJson({
    ...snapshot,
    components: byId(components),
    incidents: byId(incidents),
    maintenances: byId(maintenances),
  });
}
