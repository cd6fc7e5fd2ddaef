import { describe, expect, test } from "@jest/globals";
import { envelope } from "../src/formats/envelope.ts";
import { told } from "./fixtures.ts";

const paged = (body: string) => ({
  page: { name: "OpenAI" },
  component: { name: "API" },
  incident: { name: "Slow", body },
});

describe("a relayed notice", () => {
  test("posted again is the same notice with the same update", () => {
    expect(identitiesOf(paged("One"), "2026-01-02T00:00:00.000Z")).toEqual(identitiesOf(paged("One"), told.at));
  });

  test("with other words is an update of the same notice", () => {
    const [[before, one], [after, two]] = [identitiesOf(paged("One")), identitiesOf(paged("Two"))];
    expect([after === before, two === one]).toEqual([true, false]);
  });

  test.each([
    [{ title: "Slow", components: ["API"] }, "OpenAI API"],
    [{ title: "Slow", components: ["API", { name: "Login" }, "Files"] }, "OpenAI (3 components affected)"],
    [{ title: "Slow", components: [] }, "Slow"],
    [{ title: "Slow" }, "Slow"],
  ])("about %j announces %s", (incident, product) => {
    expect(incidentOf({ incident_type: "update", incident })?.product).toBe(product);
  });

  test.each([
    [{ title: "Slow", status: "partial_outage", message: "Sorry." }, "[INCIDENT.UPDATED] (Partial Outage) Sorry."],
    [{ title: "Slow", status: "resolved" }, "[INCIDENT.UPDATED] (Resolved) Slow"],
    [{ status: "monitoring" }, "[INCIDENT.UPDATED] (Monitoring) No details."],
  ])("of %j says %s", (incident, said) => {
    expect(incidentOf({ incident_type: "incident.updated", incident })?.updates[0]?.body).toBe(said);
  });
});

function incidentOf(payload: unknown, at: string = told.at) {
  return envelope.adapt(payload, { at }).incidents[0];
}

function identitiesOf(payload: unknown, at?: string): [string | undefined, string | undefined] {
  const incident = incidentOf(payload, at);
  return [incident?.id, incident?.updates[0]?.id];
}
