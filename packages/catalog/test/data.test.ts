import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { fold } from "@statuswire/status";
import { serviceNamed, services } from "../src/index.ts";
import { Catalog, catalogJsonSchema } from "../src/schema.ts";

const data = new URL("../data/", import.meta.url);
const written = JSON.parse(readFileSync(new URL("catalog.json", data), "utf8")) as unknown;

describe("the catalog's data", () => {
  test("is in the shape that its readers trust", () => {
    expect(Catalog.safeParse(written).error?.message).toBeUndefined();
  });

  test("has a JSON Schema that says the same", () => {
    const schema = JSON.parse(readFileSync(new URL("catalog.schema.json", data), "utf8")) as unknown;
    expect(schema).toEqual(catalogJsonSchema());
  });

  test("is what services() gives, the most mentioned first", () => {
    expect([...services()].toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(Catalog.parse(written));
    expect(services()[0]?.mentions).toBe(Math.max(...services().map(({ mentions }) => mentions)));
  });

  test("gives each id, and each page, to one service", () => {
    expect(repeated(services().map(({ id }) => id))).toEqual([]);
    expect(repeated(services().flatMap(({ page, otherPages }) => [page, ...otherPages]))).toEqual([]);
  });

  test("gives no two services the same name", () => {
    const names = services().map(({ id, name, aliases }) => [...new Set([id, name, ...aliases].map(fold))]);
    expect(repeated(names.flat())).toEqual([]);
  });

  test("has addresses in one form, without what a browser adds", () => {
    expect(services().filter(({ page }) => /#|[^/]\/$/.test(page))).toEqual([]);
  });

  test("has no domain that belongs to a host of many pages", () => {
    const hosted = /(^|\.)(statuspage\.io|instatus\.com|status\.io)$/;
    expect(services().filter(({ domains }) => domains.some((domain) => hosted.test(domain)))).toEqual([]);
  });

  test("names a successor that is there", () => {
    const moved = services().flatMap(({ movedTo }) => (movedTo === undefined ? [] : [movedTo]));
    expect(moved).toContain("microsoft-teams");
    expect(moved.filter((id) => serviceNamed(id)?.id !== id)).toEqual([]);
  });
});

describe("a service that people ask for first", () => {
  test.each([
    ["openai", "incidentio", "https://status.openai.com"],
    ["discord", "statuspage", "https://discordstatus.com"],
    ["apple", "apple", "https://www.apple.com/support/systemstatus"],
    ["apple-developer", "apple", "https://developer.apple.com/system-status"],
    ["github", "statuspage", "https://www.githubstatus.com"],
    ["amazon-web-services", "aws", "https://health.aws.amazon.com"],
    ["google-cloud", "gcp", "https://status.cloud.google.com"],
    ["slack", "slack", "https://slack-status.com"],
    ["1password", "statuspage", "https://status.1password.com"],
  ])("%s talks as it really does (%s) and where it really does", (id, format, page) => {
    expect(serviceNamed(id)).toMatchObject({ id, format, page });
  });
});

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
