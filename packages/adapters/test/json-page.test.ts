import { describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import { urlsOf } from "../src/format.ts";
import { jsonFormat } from "../src/formats/json.ts";

const told = { at: "2026-03-01T10:00:00.000Z" };
const services = {
  components: {
    from: "$.services",
    name: "name",
    status: "state",
    words: { OK: "operational", KO: "major_outage" },
  },
} as const;

describe("a page described by paths", () => {
  test("is asked where the description says, else at its own URL", () => {
    const page = new URL("https://status.acme.dev/api/now?x=1");
    const urls = [{ ...services, endpoint: "/status.json" }, services].map((description) =>
      jsonFormat(description)
        .ways.flatMap((way) => urlsOf(way, page))
        .join(),
    );
    expect(urls).toEqual(["https://status.acme.dev/status.json", "https://status.acme.dev/api/now?x=1"]);
  });

  test("gives components in our words, an unknown word kept", () => {
    const payload = {
      services: ["OK", "KO", "Partial Outage", "constructor"].map((state, n) => ({ name: `s${n}`, state })),
    };
    expect(jsonFormat(services).adapt(payload, told)).toMatchObject({
      coverage: { components: "full", incidents: "partial" },
      components: [
        { id: "s0", status: "operational" },
        { id: "s1", status: "major_outage" },
        { id: "s2", status: "partial_outage" },
        { id: "s3", status: "unknown", rawStatus: "constructor" },
      ],
    });
  });

  test("may list by key, with numbers and booleans for words", () => {
    const format = jsonFormat({
      components: {
        from: "systems.*",
        id: "~",
        name: "label",
        status: "up",
        words: { true: "operational", "0": "major_outage" },
      },
    });
    const payload = { systems: { api: { label: "API", up: true }, web: { label: "Web", up: 0 } } };
    expect(format.adapt(payload, told).components).toEqual([
      { id: "api", name: "API", status: "operational" },
      { id: "web", name: "Web", status: "major_outage" },
    ]);
  });

  test("gives incidents, open until they have an end where no state is said", () => {
    const format = jsonFormat({
      incidents: {
        from: "events",
        id: "id",
        title: "what",
        body: "text",
        updatedAt: "at",
        startedAt: "since",
        resolvedAt: "end",
      },
    });
    const payload = {
      events: [
        {
          id: 7,
          what: "Slow",
          text: "<b>Slow</b>",
          at: "Sun, 01 Mar 2026 09:00:00 GMT",
          since: 1772355600,
          end: null,
        },
        { id: "8", what: "Down", end: 1772355600000 },
      ],
    };
    expect(format.adapt(payload, told)).toMatchObject({
      coverage: { incidents: "full" },
      incidents: [
        {
          id: "7",
          status: "investigating",
          startedAt: "2026-03-01T09:00:00.000Z",
          updates: [{ body: "<b>Slow</b>", at: "2026-03-01T09:00:00.000Z" }],
        },
        { id: "8", status: "resolved", resolvedAt: "2026-03-01T09:00:00.000Z", updates: [] },
      ],
    });
  });

  test("gives maintenances with their window", () => {
    const format = jsonFormat({
      maintenances: {
        from: "planned",
        id: "id",
        title: "name",
        status: "s",
        scheduledFor: "from",
        words: { soon: "scheduled" },
      },
    });
    const payload = { planned: [{ id: "m", name: "Disks", s: "soon", from: "2026-03-02T10:00:00+01:00" }] };
    expect(format.adapt(payload, told).maintenances).toMatchObject([
      { id: "m", status: "scheduled", impact: "maintenance", scheduledFor: "2026-03-02T09:00:00.000Z" },
    ]);
  });

  test("speaks in part when an entry could not be read", () => {
    const payload = { services: [{ name: "a", state: "OK" }, { name: "b" }, null] };
    expect(jsonFormat(services).adapt(payload, told)).toMatchObject({
      coverage: { components: "partial" },
      components: [{ id: "a" }],
    });
  });

  test("is empty where the list is empty or null", () => {
    const said = [[], null].map((list) => jsonFormat(services).adapt({ services: list }, told));
    expect(said.map(({ coverage, components }) => [coverage.components, components])).toEqual([
      ["full", []],
      ["full", []],
    ]);
  });

  test.each([{}, null, "text", { service: [] }])("is another page when the list is not there: %j", (payload) => {
    expect(() => jsonFormat(services).adapt(payload, told)).toThrow(PayloadError);
  });

  test("is another page when nothing in the list is as described", () => {
    expect(() => jsonFormat(services).adapt({ services: [{ id: 1 }] }, told)).toThrow(PayloadError);
  });

  test("is another page when what all entries are of is not there", () => {
    const format = jsonFormat({ components: { from: "systems.*", name: "n", status: "s" } });
    expect(() => format.adapt({}, told)).toThrow(PayloadError);
  });

  test("must be described in paths", () => {
    expect(() => jsonFormat({ components: { from: "$..x", name: "a", status: "b" } })).toThrow("not a path");
  });
});
