import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Format } from "../src/format.ts";
import { formats } from "../src/formats.ts";

const root = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** When every fixture came in. */
export const told = { at: "2026-01-01T00:00:00.000Z" };

/** A payload in a vendor's shape, written by us. */
export interface Fixture {
  name: string;
  format: Format;
  file: string;
}

/** The registry as a table for `test.each`. */
export const registry = Object.entries<Format>(formats);

/** The fixtures of all formats that are read, and those that must be refused. */
export const { accepted, rejected } = sorted(registry.flatMap(([name, format]) => fixturesOf(name, format)));

/** Whether a format has a fixture, under its own name or that of a format that is the same. */
export function hasFixture(format: Format): boolean {
  return accepted.some((fixture) => fixture.format === format);
}

/** The folders in which fixtures are, by the format's name. */
export const folders = registry.map(([name]) => name).filter((name) => existsSync(root + name));

export function readSources(folder: string): string {
  return readFileSync(`${root}${folder}/SOURCES.md`, "utf8");
}

/** A file as text, as the poller would have decoded it. */
export function textOf(file: string): string {
  const bytes = readFileSync(file);
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString("utf16le") : bytes.toString("utf8");
}

/** The snapshot beside a file. Written from what the format says, when asked and there is none: read it before you keep it. */
export function expectedFor(file: string, said: () => unknown): unknown {
  const beside = `${file.replace(/\.[a-z]+$/, "")}.snapshot.json`;
  if (!existsSync(beside) && process.env.UPDATE_SNAPSHOTS) {
    mkdirSync(dirname(beside), { recursive: true });
    writeFileSync(beside, `${JSON.stringify(said(), null, 2)}\n`);
  }
  return JSON.parse(readFileSync(beside, "utf8"));
}

function fixturesOf(name: string, format: Format): Fixture[] {
  if (!existsSync(root + name)) return [];
  return readdirSync(root + name)
    .filter((file) => !file.endsWith(".snapshot.json") && !file.endsWith(".md"))
    .map((file) => ({ name: `${name}/${file}`, format, file: `${root}${name}/${file}` }));
}

function sorted(fixtures: Fixture[]): { accepted: Fixture[]; rejected: Fixture[] } {
  const isRejected = ({ name }: Fixture) => name.includes("/reject-");
  return {
    accepted: fixtures.filter((fixture) => !isRejected(fixture)),
    rejected: fixtures.filter(isRejected),
  };
}
