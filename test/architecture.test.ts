import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What each room may use of ours. Arrows point down only; see docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "packages/status": [],
  "packages/adapters": ["status"],
  "packages/catalog": ["status"],
  "packages/verify": [],
  "packages/config": ["adapters", "catalog", "sinks", "status", "verify"],
  "packages/detection": ["adapters", "catalog", "outbound", "status"],
  "packages/packing": [],
  "packages/queues": ["packing", "status"],
  "packages/store": ["packing", "status"],
  "packages/outbound": ["status"],
  "packages/sinks": ["outbound", "status"],
  "packages/telemetry": [],
  "packages/service": ["status", "telemetry"],
  "packages/embedded-redis": [],
  "packages/simulator": [],
  "packages/testing": ["embedded-redis"],
  "packages/bench": ["embedded-redis", "queues", "simulator", "store", "testing"],
  "packages/chaos": ["embedded-redis", "queues", "simulator", "status", "store", "testing"],
  "apps/ingest": ["config", "queues", "service", "telemetry", "verify"],
  "apps/worker": [
    "adapters",
    "config",
    "detection",
    "outbound",
    "queues",
    "service",
    "sinks",
    "status",
    "store",
    "telemetry",
  ],
  "apps/dashboard": [
    "catalog",
    "config",
    "detection",
    "outbound",
    "queues",
    "service",
    "status",
    "store",
    "telemetry",
  ],
  "apps/cli": [
    ...["adapters", "catalog", "config", "detection", "embedded-redis", "outbound", "queues"],
    ...["simulator", "sinks", "status", "store", "telemetry"],
  ],
};

const rooms = ["packages", "apps"].flatMap((floor) =>
  readdirSync(join(root, floor), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${floor}/${entry.name}`),
);

describe("the rooms", () => {
  test("are those that the map knows", () => {
    expect(rooms.toSorted()).toEqual(Object.keys(allowed).toSorted());
  });
});

describe.each(rooms)("%s", (room) => {
  const sources = sourcesIn(join(root, room, "src"));

  test("uses only rooms below it", () => {
    const used = new Set(sources.flatMap(({ text }) => ours(text)));
    expect([...used].filter((name) => !(allowed[room] ?? []).includes(name))).toEqual([]);
  });

  test("declares exactly the rooms that it uses", () => {
    const used = new Set(sources.flatMap(({ text }) => ours(text)));
    expect(declared(room)).toEqual([...used].toSorted());
  });

  test("leaves the environment to main and config", () => {
    const readers = sources.filter(
      ({ path, text }) => text.includes("process.env") && !/(main|config|fresh-redis)\.tsx?$/.test(path),
    );
    expect(readers.map(({ path }) => path)).toEqual([]);
  });
});

describe.each(["packages/status", "packages/adapters"])("%s is pure", (room) => {
  const sources = sourcesIn(join(root, room, "src"));

  test.each(["node:", "Date.now", "new Date()", "Math.random", "process."])("it never says %s", (word) => {
    expect(sources.filter(({ text }) => code(text).includes(word)).map(({ path }) => path)).toEqual([]);
  });
});

function sourcesIn(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

function ours(text: string): string[] {
  return [...text.matchAll(/from "@statuswire\/([a-z-]+)"/g)].map(([, name]) => name ?? "");
}

function declared(room: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, room, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(manifest.dependencies ?? {})
    .filter((name) => name.startsWith("@statuswire/"))
    .map((name) => name.replace("@statuswire/", ""))
    .toSorted();
}

// Words in comments are about the code, not of it.
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
