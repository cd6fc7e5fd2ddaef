import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { hasPromtool, promtool } from "@statuswire/testing";

const root = fileURLToPath(new URL("..", import.meta.url));
const promtoolTest = hasPromtool() ? test : test.skip;

describe("the documentation of metrics", () => {
  const defined = new Set(
    ["apps", "packages"].flatMap((floor) =>
      sourcesIn(join(root, floor)).flatMap((text) =>
        [...text.matchAll(/name: "(statuswire_\w+)"/g)].map(([, name = ""]) => name),
      ),
    ),
  );

  test.each(["metrics.md", "hardening.md", "api.md", "alerts.yml"])(
    "docs/%s names only metrics that exist",
    (name) => {
      expect(namedIn(name).filter((metric) => !defined.has(metric))).toEqual([]);
    },
  );

  test("says what each of them means", () => {
    const named = namedIn("metrics.md");
    expect(defined.size).toBeGreaterThan(30);
    expect([...defined].filter((metric) => !named.includes(metric))).toEqual([]);
  });

  test("says of each alert what to do", () => {
    const alerts = [...docs("alerts.yml").matchAll(/alert: (\w+)/g)].map(([, alert = ""]) => alert);
    expect(alerts.filter((alert) => !docs("metrics.md").includes(`\`${alert}\``))).toEqual([]);
  });
});

describe("the alerting rules", () => {
  promtoolTest("are valid", async () => {
    expect(await promtool(["check", "rules", join(root, "docs/alerts.yml")])).toMatchObject({ code: 0 });
  });

  promtoolTest("fire when they should, and not otherwise", async () => {
    const { code, output } = await promtool(["test", "rules", join(root, "test/alerts.yml")]);
    expect(code === 0 ? "passed" : output).toBe("passed");
  });
});

function docs(name: string): string {
  return readFileSync(join(root, "docs", name), "utf8");
}

function namedIn(name: string): string[] {
  const named = [...docs(name).matchAll(/statuswire_\w*[a-z]/g)].map(([metric]) => metric);
  // A histogram's series have names of their own.
  return [...new Set(named.map((metric) => metric.replace(/_(bucket|sum|count)$/, "")))];
}

function sourcesIn(floor: string): string[] {
  return readdirSync(floor, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join(floor, name, "src");
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .map((path) => readFileSync(join(folder, path), "utf8"));
    });
}
