import { describe, expect, test } from "@jest/globals";
import { compare, PayloadError } from "@statuswire/status";
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

  test("that is the oldest and has no state says nothing of it", () => {
    const said = [
      { id: "b", status: "identified" },
      { id: "a", body: "First." },
    ];
    expect(updatesOf({ ...incident, incident_updates: said }).map(({ status }) => status)).toEqual([
      "",
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
    const once = hear(payload, 1);
    expect([once.changes.map(({ status }) => status), hear(payload, 2, once.known).changes]).toEqual([
      ["Known."],
      [],
    ]);
  });

  test("that is only a text is kept in incident.io's compatible API, too", () => {
    const payload = { page: { id: "p" }, incidents: [{ ...incident, incident_updates: [{ body: "Known." }] }] };
    expect(incidentio.adapt(payload, told).incidents[0]?.updates[0]).toMatchObject({
      body: "Known.",
      at: told.at,
    });
  });
});

describe("a Statuspage webhook whose incident has no status", () => {
  const texts = (...bodies: string[]) => bodies.map((body) => ({ body }));
  const bare = (...bodies: string[]) => ({ id: "i1", incident_updates: texts(...bodies) });

  test.each([
    ["and a name", pushed({ ...bare("Known."), name: "Slow" })],
    ["and no name", pushed(bare("Known."))],
    ["and stands bare", bare("Known.")],
    ["but null", pushed({ ...bare("Known."), name: "Slow", status: null })],
    ["but one of another type", pushed({ ...bare("Known."), name: "Slow", status: 1 })],
  ])("%s is open, and its text is told", (_how, payload) => {
    const { known, changes } = hear(payload, 1);
    expect(changes).toMatchObject([{ type: "incident.opened", status: "Known." }]);
    expect([...known.incidents.values()]).toMatchObject([{ id: "i1", status: "unknown" }]);
  });

  test("is called by its text as long as it has no name", () => {
    const once = hear(pushed(bare("Known.")), 1);
    const next = hear(pushed({ ...incident, incident_updates: [] }), 2, once.known);
    expect([once, next].map(({ known }) => known.incidents.get("i1")?.title)).toEqual(["Known.", "Slow"]);
  });

  test.each(["identified", "resolved"])("keeps the name, and that it is %s, where these are known", (status) => {
    const once = hear(pushed({ ...incident, status, incident_updates: texts("One.") }), 1);
    const { known, changes } = hear(pushed(bare("Two.", "One.")), 2, once.known);
    expect(changes).toMatchObject([{ type: "incident.updated", status: "Two." }]);
    expect(known.incidents.get("i1")).toMatchObject({
      ...{ title: "Slow", status },
      updates: [
        { body: "One.", status },
        { body: "Two.", status },
      ],
    });
  });

  test("has the state of its newest update", () => {
    const once = hear(pushed({ ...incident, incident_updates: [] }), 1);
    const said = [{ body: "Fixed.", status: "resolved" }, { body: "Looking." }];
    const { known, changes } = hear(pushed({ id: "i1", incident_updates: said }), 2, once.known);
    expect(changes.at(-1)?.type).toBe("incident.resolved");
    expect(known.incidents.get("i1")?.status).toBe("resolved");
  });

  test("ends nothing by an update that is not its newest", () => {
    const once = hear(pushed({ ...incident, incident_updates: [] }), 1);
    const said = [{ body: "Thanks." }, { body: "Fixed.", status: "resolved" }];
    const { known, changes } = hear(pushed({ id: "i1", incident_updates: said }), 2, once.known);
    expect(changes.map(({ type }) => type)).toEqual(["incident.updated", "incident.updated"]);
    expect(known.incidents.get("i1")?.status).toBe("identified");
  });

  test("is of a maintenance where that is known by its id", () => {
    const planned = { ...incident, status: "scheduled", scheduled_for: second, incident_updates: [] };
    const { changes } = hear(pushed(bare("Soon.")), 2, hear(pushed(planned), 1).known);
    expect(changes).toMatchObject([
      { type: "maintenance.updated", status: "Soon.", maintenance: { status: "scheduled" } },
    ]);
  });

  test("is of a maintenance where its updates are", () => {
    const said = [{ body: "Soon." }, { status: "scheduled" }];
    expect(statuspage.adapt(pushed({ id: "i1", incident_updates: said }), told).maintenances).toHaveLength(1);
  });

  test.each([
    ["no text", pushed({ id: "i1", name: "Slow", incident_updates: [{ status: "resolved", created_at: first }] })],
    ["no id", pushed({ incident_updates: texts("Known.") })],
  ])("is refused with %s", (_what, payload) => {
    expect(() => statuspage.adapt(payload, told)).toThrow(PayloadError);
  });

  test("is refused where a page lists it: the list is then not whole", () => {
    const page = { page: { id: "p" }, status: { indicator: "none" }, components: [] };
    expect(statuspage.adapt({ ...page, incidents: [bare("Known.")] }, told)).toMatchObject({
      ...{ incidents: [], coverage: { incidents: "partial" } },
    });
  });
});

describe("updates of a Statuspage incident that are only texts", () => {
  const says = (status: string, ...bodies: string[]) =>
    pushed({ ...incident, status, incident_updates: bodies.map((body) => ({ body })) });
  const statesIn = ({ known }: ReturnType<typeof hear>) =>
    known.incidents.get("i1")?.updates.map(({ status }) => status);

  test("have the incident's state", () => {
    expect(statesIn(hear(says("investigating", "Two.", "One."), 1))).toEqual(["investigating", "investigating"]);
  });

  test("are not of its end, but for the newest", () => {
    expect(statesIn(hear(says("resolved", "Two.", "One."), 1))).toEqual(["unknown", "resolved"]);
  });

  test("keep the state in which they were told first", () => {
    const once = hear(says("investigating", "One."), 1);
    expect(statesIn(hear(says("identified", "Two.", "One."), 2, once.known))).toEqual([
      "investigating",
      "identified",
    ]);
  });
});

function hear(payload: unknown, minute: number, known?: Parameters<typeof compare>[0]) {
  const at = `2026-01-01T00:0${minute}:00.000Z`;
  return compare(known, statuspage.adapt(payload, { at }), { at, name: "acme" });
}

function updatesOf(incident: object) {
  return statuspage.adapt(pushed(incident), told).incidents[0]?.updates ?? [];
}

function pushed(incident: object): unknown {
  return { page: { id: "p1", name: "Acme" }, incident };
}
