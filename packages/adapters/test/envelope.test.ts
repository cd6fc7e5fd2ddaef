import { describe, expect, test } from "@jest/globals";
import { envelope } from "../src/formats/envelope.ts";
import { PayloadError } from "@statuswire/status";
import type { Format } from "../src/format.ts";
import { snapshotOf } from "../src/adapt.ts";
import { envelopeOf } from "../src/formats/envelope-shape.ts";
import { json } from "../src/read.ts";
import { accepted, registry, textOf, told } from "./fixtures.ts";

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

const envelopes = {
  titled: {
    incident_type: "incident.updated",
    incident: { title: "Slow", status: "identified", impact: "minor", message: "Sorry.", components: ["API"] },
  },
  paged: {
    page: { name: "OpenAI" },
    component: { name: "API" },
    incident: { name: "Slow", body: "Sorry." },
  },
  services: {
    provider: "apple",
    data: {
      services: [
        {
          serviceName: "iCloud Mail",
          events: [{ statusType: "Outage", eventStatus: "ongoing", usersAffected: "Some users are affected" }],
        },
      ],
    },
  },
};

/** What each producer may add, by where it adds it. */
const additions: Record<keyof typeof envelopes, Record<string, Addition>> = {
  titled: {
    ids: { top: { id: "evt_1" }, incident: { id: "inc_1" } },
    times: {
      top: { timestamp: 1767225600.5 },
      incident: { created_at: "2026-01-01T09:00:00Z", updated_at: "2026-01-01 10:00:00.123456+00:00" },
    },
    extras: {
      top: { meta: {}, page: { id: "p", name: "OpenAI" }, status: "open", summary: "Slow", components: [] },
      incident: { name: "Slow", body: "Other words.", incident_updates: [], shortlink: "https://a.example/i" },
    },
  },
  paged: {
    ids: { page: { id: "p1" }, component: { id: "c1" }, incident: { id: "inc_1" } },
    times: {
      page: { updated_at: "2026-01-01T10:00:00Z" },
      incident: { created_at: "2026-01-01T09:00:00Z", updated_at: "2026-01-01T11:00:00+01:00" },
    },
    extras: {
      top: { meta: {}, status: { indicator: "none" }, components: [], incidents: [], event_id: 1 },
      incident: { impact: "minor", shortlink: "https://a.example/i", components: [] },
    },
  },
  services: {
    ids: { top: { id: "evt_1" }, event: { messageId: "2003" } },
    times: {
      top: { timestamp: "2026-01-01T10:00:00Z" },
      event: { epochStartDate: 1767258000000, epochEndDate: null, datePosted: "01/01/2026 02:00 PST" },
    },
    extras: {
      top: { status: "ok", components: [], incidents: [], page: { name: "Apple" } },
      data: { drpost: false, drMessage: null },
      event: { message: "Users may be unable to read mail.", affectedServices: null },
    },
  },
};

interface Addition {
  top?: object;
  page?: object;
  component?: object;
  incident?: object;
  data?: object;
  event?: object;
}

/** Each envelope, with each choice of what may be added to it. */
const variants = Object.entries(additions).flatMap(([name, kinds]) =>
  subsets(Object.keys(kinds)).map((chosen) => {
    const [kind] = [name as keyof typeof envelopes];
    const payload = chosen.reduce<object>((so, what) => withAdded(so, kinds[what] ?? {}), envelopes[kind]);
    return { name: `${name} with ${chosen.join(", ") || "nothing more"}`, kind, chosen, payload };
  }),
);

describe.each(variants)("the envelope $name", ({ kind, chosen, payload }) => {
  const [added, bare] = [incidentOf(payload), incidentOf(envelopes[kind])];

  test("announces what it does without", () => {
    expect(added).toMatchObject({ product: bare?.product, title: bare?.title, components: bare?.components });
    expect(added?.updates.map(({ body }) => body)).toEqual(bare?.updates.map(({ body }) => body));
    expect(added?.status).toBe(bare?.status);
  });

  test("goes by its sender's id and time, where it has them", () => {
    expect(added?.id).toMatch(chosen.includes("ids") ? /inc_1|2003/ : /^[^_2]*$/);
    expect(added?.updatedAt).toMatch(chosen.includes("times") ? /^2026-01-01T10:00:00/ : told.at);
  });

  test("is refused by every other format, so that the text is not lost", () => {
    const others = registry.filter(([, format]) => format !== envelope);
    expect(others.filter(([, format]) => isRead(format, payload)).map(([name]) => name)).toEqual([]);
  });
});

describe("what is no envelope", () => {
  test.each(accepted.filter(({ format }) => format !== envelope))("is $name", ({ format, file }) => {
    expect(envelopeOf((format.read ?? json)(textOf(file)))).toBeUndefined();
  });
});

describe("a relayed notice with an id", () => {
  test("is the same whatever it is called by then", () => {
    const titled = (title: string, status: string) => ({
      incident_type: "update",
      incident: { id: 7, title, status, components: [] },
    });
    const [open, over] = [titled("Slow", "investigating"), titled("Slow API", "resolved")].map((one) =>
      incidentOf(one),
    );
    expect([open?.id === over?.id, over?.status]).toEqual([true, "resolved"]);
  });

  test("ends when its sender says so, also in the envelope that usually has no state", () => {
    const over = { ...paged("Fixed."), incident: { id: "i", name: "Slow", body: "Fixed.", status: "resolved" } };
    expect(incidentOf(over)).toMatchObject({ status: "resolved", updates: [{ status: "resolved" }] });
  });

  test("keeps when it began and ended, and where to read on", () => {
    const incident = {
      ...{ id: "i", title: "Slow", status: "resolved", url: "https://a.example/i" },
      ...{ started_at: "2026-01-01T09:00:00Z", resolved_at: "2026-01-01T09:30:00Z" },
    };
    expect(incidentOf({ incident_type: "update", incident })).toMatchObject({
      ...{ startedAt: "2026-01-01T09:00:00.000Z", resolvedAt: "2026-01-01T09:30:00.000Z" },
      ...{ updatedAt: "2026-01-01T09:30:00.000Z", url: "https://a.example/i" },
    });
  });

  test("keeps the end of what is open to itself: it is a plan", () => {
    const event = { messageId: "1", eventStatus: "ongoing", epochEndDate: 1767258000000 };
    expect(incidentOf(services([event]))).not.toHaveProperty("resolvedAt");
  });
});

describe("a word in an envelope", () => {
  test.each([
    ["Resolved", "resolved"],
    ["RESOLVED ", "resolved"],
    ["Completed", "resolved"],
    ["Monitoring", "monitoring"],
    ["Resolved?", "unknown"],
  ])("of %j is %s, whatever its case", (status, ours) => {
    const titled = { incident_type: "update", incident: { title: "Slow", status, impact: "Major" } };
    const relayed = { ...paged("Words."), incident: { name: "Slow", body: "Words.", status } };
    const ended = services([{ messageId: "1", eventStatus: status, epochEndDate: Date.parse(told.at) }]);
    expect([titled, relayed, ended].map((payload) => incidentOf(payload)?.status)).toEqual([ours, ours, ours]);
    expect(incidentOf(titled)?.impact).toBe("major");
  });

  test("that says that nobody knows is no word of the sender's", () => {
    const unknown = { incident_type: "update", incident: { title: "Slow", status: "Unknown" } };
    expect(incidentOf(unknown)).not.toHaveProperty("rawStatus");
  });
});

describe("a time in an envelope", () => {
  const withoutOffset = "2026-01-01T10:00:00";

  test.each<unknown[]>([[withoutOffset], ["yesterday"], [-1], [null], [{ at: 1 }]])(
    "of %j is that at which it came in",
    (updated_at) => {
      expect(incidentOf({ incident_type: "update", incident: { title: "Slow", updated_at } })?.updatedAt).toBe(
        told.at,
      );
    },
  );

  test.each([[1767261600], [1767261600000], ["2026-01-01T10:00:00Z"], ["2026-01-01 10:00:00 UTC"]])(
    "of %j is ten o'clock",
    (updated_at) => {
      expect(incidentOf({ incident_type: "update", incident: { title: "Slow", updated_at } })?.updatedAt).toBe(
        "2026-01-01T10:00:00.000Z",
      );
    },
  );
});

describe("a service's messages with ids", () => {
  const hour = 60 * 60 * 1000;
  const ended = (hoursAgo: number) => Date.parse(told.at) - hoursAgo * hour;
  const open = { messageId: "open", statusType: "Outage", eventStatus: "ongoing" };
  const over = (messageId: string, hoursAgo: number) => ({
    ...{ messageId, statusType: "Issue", eventStatus: "resolved" },
    epochEndDate: ended(hoursAgo),
  });

  test("are told apart, so that one ends while another is open", () => {
    expect(said([over("past", 1), open])).toEqual(["apple|Maps|past resolved", "apple|Maps|open investigating"]);
  });

  test("are not told when they ended more than a day ago, or nobody knows when", () => {
    expect(said([open, over("old", 25), { ...over("unknown", 0), epochEndDate: null }])).toEqual([
      "apple|Maps|open investigating",
    ]);
  });

  test("are told once, the newest, when all are over", () => {
    expect(said([over("newest", 30), over("older", 40)])).toEqual(["apple|Maps|newest resolved"]);
  });

  test("say what they say where nobody knows who is affected", () => {
    expect(incidentOf(services([{ ...open, message: "No mail." }]))?.updates[0]?.body).toBe(
      "[OUTAGE] (Ongoing) No mail.",
    );
  });

  function said(events: readonly object[]): string[] {
    return envelope.adapt(services(events), told).incidents.map(({ id, status }) => `${id} ${status}`);
  }
});

function services(events: readonly object[]): unknown {
  return { provider: "apple", data: { services: [{ serviceName: "Maps", events }] } };
}

function isRead(format: Format, payload: unknown): boolean {
  try {
    snapshotOf(format, JSON.stringify(payload), told);
    return true;
  } catch (error) {
    if (error instanceof PayloadError) return false;
    throw error;
  }
}

function subsets(all: readonly string[]): string[][] {
  return all.reduce<string[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}

function withAdded(payload: object, { top, event, data, ...parts }: Addition): object {
  const part = (key: string) => (payload as Record<string, object>)[key];
  const within = Object.entries(parts).map(([key, more]) => [key, { ...part(key), ...more }]);
  const before = part("data") as (typeof envelopes)["services"]["data"] | undefined;
  const services = before?.services.map((service) => ({
    ...service,
    events: service.events.map((one) => ({ ...one, ...event })),
  }));
  return {
    ...top,
    ...payload,
    ...Object.fromEntries(within),
    ...(before && { data: { ...before, ...data, services } }),
  };
}

function incidentOf(payload: unknown, at: string = told.at) {
  return envelope.adapt(payload, { at }).incidents[0];
}

function identitiesOf(payload: unknown, at?: string): [string | undefined, string | undefined] {
  const incident = incidentOf(payload, at);
  return [incident?.id, incident?.updates[0]?.id];
}
