import { describe, expect, test } from "@jest/globals";
import {
  changeComponents,
  forgetEnded,
  openIncident,
  resolveIncident,
  updateIncident,
  type Page,
} from "../src/index.ts";
import { at, quiet } from "./pages.ts";

describe("an incident", () => {
  test("moves its components when it opens", () => {
    expect(statuses(opened())).toEqual({
      API: "degraded_performance",
      Search: "operational",
      "US East": "operational",
    });
  });

  test("leaves the page before it untouched", () => {
    const page = quiet("statuspage");
    openIncident(page, { title: "Delays", impact: "minor", status: "investigating", body: "…", at: at(1) });
    expect(page).toEqual(quiet("statuspage"));
  });

  test("keeps the worst of its impacts", () => {
    const worse = update(opened(), { impact: "major" });
    expect(update(worse, { impact: "minor" }).incidents[0]?.impact).toBe("major");
  });

  test("spreads to further components", () => {
    const [incident] = update(opened(), { affects: { Search: "partial_outage" } }).incidents;
    expect(incident?.componentIds).toHaveLength(2);
    expect(incident?.updates.at(-1)?.effects).toMatchObject([
      { name: "Search", from: "operational", to: "partial_outage" },
    ]);
  });

  test("makes all its components operational when it is resolved", () => {
    const page = resolve(update(opened(), { affects: { Search: "major_outage" } }));
    expect(statuses(page)).toEqual({ API: "operational", Search: "operational", "US East": "operational" });
    expect(page.incidents[0]).toMatchObject({ status: "resolved", resolvedAt: at(9) });
  });

  test("that is reopened is no longer resolved", () => {
    expect(update(resolve(opened()), { status: "identified" }).incidents[0]).not.toHaveProperty("resolvedAt");
  });

  test("with a post-mortem keeps the time at which it was resolved", () => {
    expect(update(resolve(opened()), { status: "postmortem" }).incidents[0]?.resolvedAt).toEqual(at(9));
  });

  test("has the same ids when the same is played again, and others at another time", () => {
    expect(opened()).toEqual(opened());
    expect(opened(at(2)).incidents[0]?.id).not.toBe(opened().incidents[0]?.id);
  });

  test("can't affect what the page doesn't have", () => {
    expect(() => update(opened(), { affects: { Teleport: "major_outage" } })).toThrow(
      'no component called "Teleport"',
    );
  });
});

describe("a component", () => {
  test("moves by itself too, and only its own time with it", () => {
    const page = changeComponents(quiet("statuspage"), { API: "major_outage" }, at(3));
    expect(page.components.map(({ updatedAt }) => updatedAt)).toEqual([at(3), at(0), at(0)]);
    expect(page.updatedAt).toEqual(at(3));
  });

  test("that is told to be what it is keeps its time", () => {
    const page = changeComponents(quiet("statuspage"), { API: "operational" }, at(3));
    expect(page.components).toEqual(quiet("statuspage").components);
  });
});

describe("a page", () => {
  test("forgets the oldest of what is over, and nothing that is open", () => {
    const page = opened(at(20), resolve(opened(at(10), resolve(opened()))));
    expect(forgetEnded(page, 1).incidents).toEqual(page.incidents.slice(1));
  });
});

function opened(when = at(1), page = quiet("statuspage")): Page {
  const affects = { API: "degraded_performance" } as const;
  return openIncident(page, {
    title: "Delays",
    impact: "minor",
    status: "investigating",
    body: "…",
    affects,
    at: when,
  });
}

function update(page: Page, post: Partial<Parameters<typeof updateIncident>[2]>): Page {
  return updateIncident(page, idOf(page), { status: "identified", body: "…", at: at(5), ...post });
}

function resolve(page: Page): Page {
  return resolveIncident(page, idOf(page), { body: "Over.", at: at(9) });
}

function idOf(page: Page): string {
  return page.incidents.at(-1)?.id ?? "";
}

function statuses({ components }: Page): Record<string, string> {
  return Object.fromEntries(components.map(({ name, status }) => [name, status]));
}
