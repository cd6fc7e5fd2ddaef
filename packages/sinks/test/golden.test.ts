import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Kind, kinds } from "../src/index.ts";
import { story } from "./events.ts";
import { places } from "./places.ts";
import { closeOutbound, dependencies, type Received, receiver } from "./world.ts";

// UPDATE_GOLDEN=1 writes the files anew; read what changed before you commit it.
const isUpdating = process.env["UPDATE_GOLDEN"] === "1";

afterAll(closeOutbound);

describe("what is sent to", () => {
  test.each(Object.entries(places))("%s is as it was agreed", async (name, { kind, options, answer }) => {
    const place = await receiver(answer);
    const definition: Kind = kinds[kind];
    const sink = definition.create(options(place.url), dependencies());
    const sent: [string, string][] = [];
    for (const [title, event] of Object.entries(story)) {
      const before = place.received.length;
      await sink.deliver(event);
      sent.push([title, place.received.slice(before).map(shown).join("\n")]);
    }
    await place.close();
    for (const [title, text] of sent)
      expect(text).toBe(await golden(`${name.replace(" ", "-")}/${title}.txt`, text));
  });
});

async function golden(path: string, text: string): Promise<string> {
  const file = new URL(`golden/${path}`, import.meta.url);
  if (isUpdating) {
    await mkdir(dirname(file.pathname), { recursive: true });
    await writeFile(file, text);
  }
  return readFile(file, "utf8");
}

function shown({ method, path, headers, body }: Received): string {
  const own = Object.entries(headers).filter(([name]) => /^(webhook-|content-type|authorization|x-)/.test(name));
  const head = own.map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path}`, ...head].join("\n")}\n\n${JSON.stringify(JSON.parse(body), null, 2)}\n`;
}
