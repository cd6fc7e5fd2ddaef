import { describe, expect, test } from "@jest/globals";
import { openIncident, type Page, resolveIncident, updateIncident } from "@statuswire/simulator";
import { compare, type Event, nothing, type Update } from "@statuswire/status";
import { historyOf } from "../src/soak/history.ts";
import { providers, quietPage } from "../src/soak/providers.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute));

describe("the account of a log", () => {
  test("that tells each update once finds nothing", () => {
    expect(account(log(1, 2, 3))).toEqual({ lost: [], doubled: [] });
  });

  test("whose first sight had several updates finds nothing", () => {
    expect(account(log(2, 3))).toEqual({ lost: [], doubled: [] });
  });

  test("whose first sight was over finds nothing", () => {
    expect(account(log(3))).toEqual({ lost: [], doubled: [] });
  });

  test("that leaves an update out finds it lost", () => {
    const [opened, , resolved] = log(1, 2, 3);
    expect(account([opened, resolved]).lost).toEqual(["Trouble: update 2: not told"]);
  });

  test("that leaves an incident out finds all of it lost", () => {
    expect(account([]).lost).toHaveLength(3);
  });

  test("that tells an update twice finds it doubled", () => {
    const [opened, updated, resolved] = log(1, 2, 3);
    expect(account([opened, updated, { ...updated, id: "another" }, resolved]).doubled).toHaveLength(1);
  });

  test("in which an id stands twice finds it doubled", () => {
    const events = log(3);
    expect(account([...events, ...events]).doubled).toContain(`${events[0].id} is in the log 2 times`);
  });

  test("that tells what nobody published finds it", () => {
    const [opened] = log(1);
    const foreign = { ...opened, id: "foreign", incident: { ...opened.incident, id: "foreign" } } as Event;
    expect(account([...log(1, 2, 3), foreign]).doubled).toHaveLength(1);
  });
});

/** The story: an incident with three updates. */
function story(): Page {
  const [provider] = providers;
  if (!provider) throw new Error("There are no providers.");
  const said = (update: number) => `Trouble: update ${update}`;
  const opened = openIncident(quietPage(provider, at(0)), {
    ...{ title: "Trouble", impact: "minor", status: "investigating", body: said(1), at: at(1) },
  });
  const id = opened.incidents[0]?.id ?? "";
  const updated = updateIncident(opened, id, { status: "monitoring", body: said(2), at: at(2) });
  return resolveIncident(updated, id, { body: said(3), at: at(3) });
}

/** The events of one who heard of it whenever it had so many updates. */
function log(...heard: number[]): [Event, Event, Event] {
  const [incident] = story().incidents;
  if (!incident) throw new Error("The story has no incident.");
  let known = nothing;
  const events: Event[] = [];
  for (const count of heard) {
    const updates = incident.updates
      .slice(0, count)
      .map((update): Update => ({ ...update, at: update.at.toISOString() }));
    const { status, at: updatedAt } = updates.at(-1) as Update & { status: "investigating" };
    const told = {
      id: incident.id,
      title: "Trouble",
      impact: "minor" as const,
      status,
      updatedAt,
      components: [],
      updates,
    };
    const snapshot = {
      page: {},
      coverage: { components: "partial", incidents: "partial", maintenances: "partial" } as const,
      ...{ components: [], incidents: [told], maintenances: [] },
    };
    const step = compare(known, snapshot, { at: updatedAt, name: "Page" });
    known = step.known;
    const common = { provider: providers[0]?.id ?? "", observedAt: updatedAt, via: "webhook" as const };
    events.push(
      ...step.changes.map(({ key, ...change }, index) => ({
        ...change,
        ...common,
        id: key,
        seq: `${events.length + index + 1}-0`,
      })),
    );
  }
  return events as [Event, Event, Event];
}

function account(events: readonly Event[]) {
  return historyOf({ pages: new Map([[providers[0]?.id ?? "", story()]]), events });
}
