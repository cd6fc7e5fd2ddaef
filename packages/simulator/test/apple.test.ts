import { describe, expect, test } from "@jest/globals";
import { formats, snapshotOf } from "@statuswire/adapters";
import {
  completeMaintenance,
  render,
  resolveIncident,
  scheduleMaintenance,
  startMaintenance,
  updateIncident,
  type Page,
} from "../src/index.ts";
import { at, broken, quiet, read } from "./pages.ts";

describe("Apple's system status", () => {
  test("lists every service, without events while it is quiet", () => {
    expect(read(body(quiet("apple")))).toEqual({
      drpost: false,
      drMessage: null,
      services: ["API", "Search", "US East"].map((serviceName) => ({
        redirectUrl: null,
        serviceName,
        events: [],
      })),
    });
  });

  test("tells an incident under its service, in Cupertino's time", () => {
    expect(events(broken("apple"))).toEqual([
      {
        usersAffected: "Some users are affected",
        epochStartDate: at(1).getTime(),
        epochEndDate: null,
        messageId: expect.stringMatching(/^1\d{9}$/),
        statusType: "Performance",
        datePosted: "03/01/2026 04:01 PST",
        startDate: "03/01/2026 04:01 PST",
        endDate: null,
        affectedServices: null,
        eventStatus: "ongoing",
        message: "We are investigating.",
      },
    ]);
  });

  test("repeats it under each of its services, with that one's trouble and only the newest text", () => {
    const page = broken("apple");
    const affects = { Search: "partial_outage" } as const;
    const spread = updateIncident(page, idOf(page), {
      status: "identified",
      body: "Worse.",
      impact: "major",
      affects,
      at: at(4),
    });
    expect(events(spread)).toMatchObject([
      { messageId: idOf(page), statusType: "Performance", message: "Worse.", affectedServices: ["API", "Search"] },
      { messageId: idOf(page), statusType: "Issue", message: "Worse.", affectedServices: ["API", "Search"] },
    ]);
  });

  test("keeps an incident for a while after it was resolved", () => {
    const page = resolveIncident(broken("apple"), idOf(broken("apple")), { body: "Over.", at: at(9) });
    expect(events(page)).toMatchObject([
      { eventStatus: "resolved", epochEndDate: at(9).getTime(), message: "Over." },
    ]);
  });

  test("tells a maintenance's planned end from the beginning", () => {
    const pages = [scheduled(), started(), completed()];
    expect(pages.flatMap(events)).toMatchObject([
      { statusType: "Maintenance", eventStatus: "upcoming", epochEndDate: at(60).getTime() },
      { statusType: "Maintenance", eventStatus: "ongoing", epochEndDate: at(60).getTime() },
      { statusType: "Maintenance", eventStatus: "completed", epochEndDate: at(55).getTime() },
    ]);
  });

  test("comes wrapped in a call when the page says so", () => {
    const wrapped = body(broken("apple", { jsonp: true }));
    expect(wrapped).toBe(`jsonCallback(${body(broken("apple"))});`);
  });
});

describe("our own adapter", () => {
  test.each([false, true])("understands it, wrapped: %s", (jsonp) => {
    const page = broken("apple", { jsonp });
    expect(snapshotOf(formats.apple, body(page), { at: at(2).toISOString() })).toMatchObject({
      coverage: { components: "full", incidents: "full" },
      components: [{ name: "API", status: "degraded_performance" }, { name: "Search" }, { name: "US East" }],
      incidents: [{ id: idOf(page), updates: [{ body: "We are investigating." }] }],
    });
  });
});

function body(page: Page): string {
  const path = "/support/systemstatus/data/system_status_en_US.js";
  return render(page, { path, origin: "https://www.apple.example" }).body;
}

function events(page: Page): unknown[] {
  const { services } = read(body(page));
  return (services as { events: unknown[] }[]).flatMap((service) => service.events); // Rendered a line ago.
}

function idOf(page: Page): string {
  return page.incidents[0]?.id ?? "";
}

function scheduled(): Page {
  const window = { from: at(30), until: at(60) };
  const announcement = { title: "Index", body: "Soon.", components: ["Search"], ...window, at: at(1) };
  return scheduleMaintenance(quiet("apple"), announcement);
}

function started(): Page {
  const page = scheduled();
  return startMaintenance(page, page.maintenances[0]?.id ?? "", { body: "Now.", at: at(30) });
}

function completed(): Page {
  const page = started();
  return completeMaintenance(page, page.maintenances[0]?.id ?? "", { body: "Done.", at: at(55) });
}
