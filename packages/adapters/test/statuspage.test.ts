import { describe, expect, test } from "@jest/globals";
import { compare } from "@statuswire/status";
import { incidentio } from "../src/formats/incidentio.ts";
import { statuspage } from "../src/formats/statuspage.ts";
import { told } from "./fixtures.ts";

const incident = { id: "i1", name: "Slow", status: "identified", impact: "minor" };
const second = "2025-12-31T10:00:00.000Z";
const first = "2025-12-31T09:00:00.000Z";

describe("an update of a Statuspage incident", () => {
  test("that is only a text keeps it, with the incident's state, at the time at which it came in", () => {
    expect(updatesOf({ ...incident, incident_updates: [{ body: "The cause is known." }] })).toEqual([
      { id: "The cause is known.", status: "identified", body: "The cause is known.", at: told.at },
    ]);
  });

  test("that is only a text is as of the incident's own time, where it has one", () => {
    const pushed = { ...incident, updated_at: second, incident_updates: [{ id: "u1", body: "Known." }] };
    expect(updatesOf(pushed)).toEqual([{ id: "u1", status: "identified", body: "Known.", at: second }]);
  });

  test("is as of the time on the page, which its author may have set", () => {
    const said = [{ id: "u1", status: "identified", body: "Known.", created_at: second, display_at: first }];
    expect(updatesOf({ ...incident, incident_updates: said })).toMatchObject([{ at: first }]);
  });

  test("without a time keeps its place among the others", () => {
    const said = [
      { id: "c", body: "Newest." },
      { id: "b", body: "Between." },
      { id: "a", status: "investigating", body: "First.", created_at: first },
    ];
    expect(updatesOf({ ...incident, updated_at: second, incident_updates: said })).toEqual([
      { id: "a", status: "investigating", body: "First.", at: first },
      { id: "b", status: "investigating", body: "Between.", at: second },
      { id: "c", status: "identified", body: "Newest.", at: second },
    ]);
  });

  test("that is the oldest and has no state is of a state that nobody knows", () => {
    const said = [
      { id: "b", status: "identified" },
      { id: "a", body: "First." },
    ];
    expect(updatesOf({ ...incident, incident_updates: said }).map(({ status }) => status)).toEqual([
      "unknown",
      "identified",
    ]);
  });

  test("without an id is told from others by its text, or by its state and time", () => {
    const said = [
      { body: "Two." },
      { body: "One." },
      { body: "One.", created_at: first },
      { status: "identified", created_at: first },
    ];
    const ids = updatesOf({ ...incident, incident_updates: said }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  test("with neither a text nor a state is none", () => {
    expect(updatesOf({ ...incident, incident_updates: [{ id: "u1", created_at: first }] })).toEqual([]);
  });

  test("that is only a text is no news when it is said again later", () => {
    const payload = pushed({ ...incident, incident_updates: [{ body: "Known." }] });
    const hear = (minute: number, known?: Parameters<typeof compare>[0]) => {
      const at = `2026-01-01T00:0${minute}:00.000Z`;
      return compare(known, statuspage.adapt(payload, { at }), { at, name: "acme" });
    };
    const once = hear(1);
    expect([once.changes.map(({ status }) => status), hear(2, once.known).changes]).toEqual([["Known."], []]);
  });

  test("that is only a text is kept in incident.io's compatible API, too", () => {
    const payload = { page: { id: "p" }, incidents: [{ ...incident, incident_updates: [{ body: "Known." }] }] };
    expect(incidentio.adapt(payload, told).incidents[0]?.updates[0]).toMatchObject({
      body: "Known.",
      at: told.at,
    });
  });
});

function updatesOf(incident: object) {
  return statuspage.adapt(pushed(incident), told).incidents[0]?.updates ?? [];
}

function pushed(incident: object): unknown {
  return { page: { id: "p1", name: "Acme" }, incident };
}
