import { describe, expect, test } from "@jest/globals";
import type { Event } from "@statuswire/status";
import { createMessages, wantedBy } from "../src/stream/messages.ts";

describe("messages", () => {
  const events = [event("1-0", "acme"), event("2-0", "other")];

  test("carry the place as the id and the event as data, one after another", () => {
    const text = createMessages()(events, wantedBy({})).toString();
    const [first = "", second = "", rest] = text.split("\n\n");
    expect([first.split("\n")[0], second.split("\n")[0], rest]).toEqual(["id: 1-0", "id: 2-0", ""]);
    expect(JSON.parse(first.replace(/^id: 1-0\ndata: /, ""))).toMatchObject({
      ...events[0],
      line: expect.anything(),
    });
  });

  test("are one buffer for all who want the same", () => {
    const messages = createMessages();
    const selection = { provider: ["acme"] };
    expect(messages(events, wantedBy(selection))).toBe(messages(events, wantedBy({ ...selection })));
  });

  test("are only those that are wanted", () => {
    const messages = createMessages();
    const text = (provider: string) => messages(events, wantedBy({ provider: [provider] })).toString();
    expect([text("acme"), text("other")]).toEqual([
      expect.stringMatching(/^id: 1-0\n.*\n\n$/),
      expect.stringMatching(/^id: 2-0\n.*\n\n$/),
    ]);
    expect(text("nobody")).toBe("");
  });
});

function event(seq: string, provider: string): Event {
  const time = "2025-11-03T14:32:00.000Z";
  return {
    ...{ id: `evt_${seq}`, seq, type: "component.changed", provider, product: "API", status: "Operational" },
    ...{ timestamp: time, observedAt: time, via: "poll", initial: false, inferred: false },
  };
}
