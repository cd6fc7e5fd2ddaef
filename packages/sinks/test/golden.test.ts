import { afterAll, describe, expect, test } from "@jest/globals";
import { type Kind, kinds } from "../src/index.ts";
import { story } from "./events.ts";
import { golden } from "./golden.ts";
import { places } from "./places.ts";
import { closeOutbound, dependencies, type Received, receiver } from "./world.ts";

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

  test("the console as JSON is as it was agreed", async () => {
    const written: string[] = [];
    const sink = kinds.console.create(
      { format: "json" },
      dependencies({ write: (text) => void written.push(text) }),
    );
    for (const event of Object.values(story)) await sink.deliver(event);
    expect(written.join("")).toBe(await golden("console/story.txt", written.join("")));
  });
});

function shown({ method, path, headers, body }: Received): string {
  const own = Object.entries(headers).filter(([name]) => /^(webhook-|content-type|authorization|x-)/.test(name));
  const head = own.map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path}`, ...head].join("\n")}\n\n${JSON.stringify(JSON.parse(body), null, 2)}\n`;
}
