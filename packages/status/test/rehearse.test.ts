import { describe, expect, test } from "@jest/globals";
import { type Event, rehearse, type Rule } from "../src/index.ts";
import { changed, incidentNews } from "./news.ts";
import { at } from "./page.ts";
import { routing } from "./routing.ts";

const delayed: Partial<Rule> = { to: ["team"], delayMs: 5 * 60_000 };

describe("a rehearsal", () => {
  test("tells what the usual would have told", () => {
    expect(told([incidentNews("incident.opened", 1)])).toEqual([
      "10:01 console incident.opened",
      "10:01 team incident.opened",
      "10:01 log incident.opened",
      "10:01 pager incident.opened",
    ]);
  });

  test("keeps quiet of what an incident explains, and says so", () => {
    const [, , , , ...after] = played([incidentNews("incident.opened", 1), changed("major_outage", 2)], undefined);
    expect(after.filter(({ isTold }) => !isTold).map(({ sink, reason }) => [sink, reason])).toEqual([
      ["team", '"Trouble a" says so already'],
      ["log", '"Trouble a" says so already'],
      ["pager", '"Trouble a" says so already'],
    ]);
  });

  test("waits for a delay, and tells the course and the end from then on", () => {
    const course = [
      incidentNews("incident.opened", 1),
      incidentNews("incident.updated", 8),
      incidentNews("incident.resolved", 20),
    ];
    expect(told(course, [delayed])).toEqual([
      "10:06 team incident.opened",
      "10:08 team incident.updated",
      "10:20 team incident.resolved",
    ]);
  });

  test("tells nothing of what was over before its delay", () => {
    expect(told([incidentNews("incident.opened", 1), incidentNews("incident.resolved", 4)], [delayed])).toEqual(
      [],
    );
  });

  test("leaves out what is still waiting in the end", () => {
    expect(told([incidentNews("incident.opened", 58)], [delayed])).toEqual([]);
  });

  test("tells of a component that was unstable once, and once when it has settled", () => {
    const turns = [0, 2, 4, 6, 8, 10].map((minute) =>
      changed(minute % 4 ? "operational" : "major_outage", minute),
    );
    expect(told(turns, [{ to: ["team"] }])).toEqual([
      "10:00 team component.changed",
      "10:02 team component.changed",
      "10:04 team component.changed",
      "10:06 team component.unstable",
      "10:40 team component.settled",
    ]);
  });

  test("gives people one message in the morning, and a program each event", () => {
    const quiet = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 600, until: 630, zone: "UTC" }];
    const night = [incidentNews("incident.opened", 1), changed("major_outage", 2)];
    expect(told(night, [{ to: ["team", "log"], quiet }], { explained: false })).toEqual([
      "10:30 team digest",
      "10:30 log incident.opened",
      "10:30 log component.changed",
    ]);
  });
});

function played(events: readonly Event[], rules?: readonly Partial<Rule>[], noise = {}) {
  return rehearse(events, {
    routing: routing(rules, noise),
    originOf: () => undefined,
    until: Date.parse(at(60)),
  });
}

function told(...play: Parameters<typeof played>): string[] {
  return played(...play)
    .filter(({ isTold, sink }) => isTold && (sink !== "console" || !play[1]))
    .map((one) => `${new Date(one.at).toISOString().slice(11, 16)} ${one.sink} ${one.event.type}`);
}
