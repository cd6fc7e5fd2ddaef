import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { serve, type LocalServer } from "@statuswire/testing";
import { type ConfigFile, configFile } from "./config-file.ts";
import { run } from "./run.ts";

let file: ConfigFile;
beforeEach(async () => {
  file = await configFile();
});
afterEach(() => file.remove());

describe("search", () => {
  test("lists who fits, the nearest for a typo", async () => {
    expect((await run(["search", "githb"])).out).toMatch(
      /^✓ github +GitHub +statuspage +https:\/\/www\.githubstatus\.com$/m,
    );
  });

  test("takes several words as one name", async () => {
    expect((await run(["search", "docker", "hub"])).out).toContain("docker-hub");
  });

  test("that finds nobody says what else to try", async () => {
    const { out, err, exitCode } = await run(["search", "qqqqzzzzxxxx"]);
    expect([out, exitCode]).toEqual(["", 1]);
    expect(err).toContain("npm run -s statuswire -- detect");
  });

  test("gives all fields as JSON", async () => {
    expect(JSON.parse((await run(["search", "github", "--json", "-n", "1"])).out)).toMatchObject([
      { id: "github" },
    ]);
  });
});

describe("list", () => {
  test("shows whom the file names", async () => {
    await file.write("providers:\n  - openai\n  - { page: https://status.acme.dev, format: cachet, every: 5m }\n");
    const { out, err } = await run(["list"], file.env);
    expect(out).toBe(
      "✓ openai  OpenAI  incidentio  every 60 s   https://status.openai.com\n" +
        "✓ acme    acme    cachet      every 300 s  https://status.acme.dev\n",
    );
    expect(err).toBe("");
  });

  test("gives all fields as JSON", async () => {
    await file.write("providers: [openai]");
    expect(JSON.parse((await run(["list", "--json"], file.env)).out)).toMatchObject([
      { id: "openai", everySeconds: 60 },
    ]);
  });
});

describe("check", () => {
  test("says that a file is right", async () => {
    await file.write("providers: [openai]");
    expect(await run(["check"], file.env)).toEqual({
      out: [
        `✓ ${file.path} is right: 1 provider.`,
        "· Messages do not link to the dashboard: set PUBLIC_URL, or publicUrl in statuswire.yaml, to its address.\n",
      ].join("\n"),
      err: "",
      exitCode: 0,
    });
  });

  test("shows where messages link to: PUBLIC_URL before the file's publicUrl", async () => {
    await file.write("publicUrl: https://status.acme.test/");
    expect((await run(["check"], file.env)).out).toContain("link to the dashboard at https://status.acme.test.\n");
    const env = { ...file.env, PUBLIC_URL: "http://10.0.0.1:8080" };
    expect(JSON.parse((await run(["check", "--json"], env)).out)).toMatchObject({
      ok: true,
      publicUrl: "http://10.0.0.1:8080",
    });
  });

  test("names a PUBLIC_URL that is none", async () => {
    await file.write("providers: [openai]");
    const { out, exitCode } = await run(["check"], { ...file.env, PUBLIC_URL: "status.acme.test" });
    expect(out).toContain('The environment variable PUBLIC_URL says "status.acme.test". The public URL is');
    expect(exitCode).toBe(1);
  });

  test("names every mistake by its place, and ends with 1", async () => {
    await file.write("providers:\n  - githb\n  - { page: nowhere }\n");
    const { out, exitCode } = await run(["check", file.path]);
    const places = out.split("\n").map((line) => line.replace(file.path, "").slice(0, 6));
    expect(places).toEqual([":2:5: ", ":3:13:", ""]);
    expect(exitCode).toBe(1);
  });

  test("gives places, values and suggestions as JSON", async () => {
    await file.write("providers: [githb]");
    const { out, exitCode } = await run(["check", "--json"], file.env);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ line: 1, column: 13, nearest: "github" }] });
    expect(exitCode).toBe(1);
  });
});

describe("detect", () => {
  let server: LocalServer;
  beforeEach(async () => {
    const index = JSON.stringify({ title: "Acme", summaryStatus: "ok", systems: [{ name: "API", status: "ok" }] });
    server = await serve(({ url }, response) => {
      if (url === "/index.json") response.end(index);
      else response.writeHead(404).end();
    });
  });
  afterEach(() => server.close());

  test("prints what it tried, what answered and how sure it is", async () => {
    const { out, exitCode } = await run(["detect", server.url]);
    expect(out).toMatch(/^✗ statuspage +\/api\/v2\/summary\.json +404 +not there$/m);
    expect(out).toMatch(/^✓ cstate +\/index\.json +200 +1 component$/m);
    expect(out).toContain(`→ cstate (strong), Acme. Add with: npm run -s statuswire -- add ${server.url}/`);
    expect(exitCode).toBe(0);
  });

  test("prints the same as JSON, and nothing else", async () => {
    const { out, err } = await run(["detect", server.url, "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      url: `${server.url}/`,
      best: { format: "cstate", way: 0, sure: "strong" },
    });
    expect(err).toBe("");
  });

  test("of what is no address is wrong usage", async () => {
    expect((await run(["detect", "acme"])).exitCode).toBe(64);
  });

  test("of a host that is down says so", async () => {
    await server.close();
    const { out, exitCode } = await run(["detect", server.url]);
    expect(out).toContain("cannot be reached");
    expect(exitCode).toBe(1);
    server = await serve((_request, response) => void response.end());
  });
});
