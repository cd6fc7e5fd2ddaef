import { describe, expect, test } from "@jest/globals";
import { type Event, dashboardPath, dashboardUrl } from "../src/index.ts";

type Located = Pick<Event, "type" | "provider" | "incident" | "maintenance">;

const affair = { id: "a/b?c", title: "Trouble", components: [], updates: [] };
const incident: Located = {
  type: "incident.opened",
  provider: "acme",
  incident: { ...affair, status: "investigating", impact: "minor" },
};

describe("the dashboard's page about an event", () => {
  test.each<[string, Located, string]>([
    ["an incident", incident, "/incidents/acme%3Aa%2Fb%3Fc"],
    [
      "a maintenance",
      {
        ...{ type: "maintenance.started", provider: "acme" },
        maintenance: { ...affair, status: "in_progress", impact: "maintenance" },
      },
      "/maintenances/acme%3Aa%2Fb%3Fc",
    ],
    ["a component", { type: "component.changed", provider: "acme" }, "/providers/acme"],
    ["a source", { type: "source.stale", provider: "acme" }, "/providers/acme"],
    ["a digest", { type: "digest", provider: "several" }, "/events"],
    ["a disabled sink", { type: "sink.disabled", provider: "statuswire" }, "/deliveries"],
  ])("of %s is its own", (_what, event, path) => {
    expect(dashboardPath(event)).toBe(path);
  });

  test("has a path also where the vendor's id is no well-formed text", () => {
    expect(
      dashboardPath({ ...incident, incident: { ...affair, id: "\ud800", status: "unknown", impact: "none" } }),
    ).toBe("/incidents/acme%3A%EF%BF%BD");
  });

  test("has a URL once there is a public one", () => {
    expect(dashboardUrl("https://status.acme.test", incident)).toBe(
      "https://status.acme.test/incidents/acme%3Aa%2Fb%3Fc",
    );
    expect(dashboardUrl(undefined, incident)).toBeUndefined();
  });
});
