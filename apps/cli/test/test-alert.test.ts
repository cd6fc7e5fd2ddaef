import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Event } from "@statuswire/status";
import { type LocalServer, serve } from "@statuswire/testing";
import { type ConfigFile, configFile } from "./config-file.ts";
import { run } from "./run.ts";

let file: ConfigFile;
let place: LocalServer;
let posted: string[];
let status: number;

beforeEach(async () => {
  [posted, status] = [[], 200];
  place = await serve(async (request, response) => {
    posted.push(await text(request));
    response.writeHead(status).end();
  });
  file = await configFile();
  await file.write(`
outbound: { allowPrivate: true }
sinks: { team: { kind: webhook, url: "${place.url}/hunter2" } }
`);
});
afterEach(async () => {
  await place.close();
  await file.remove();
});

describe("test-alert", () => {
  test("sends the sink one event that says that it is a test", async () => {
    await run(["test-alert", "team"], file.env);
    expect(posted.map((body) => Event.parse(JSON.parse(body)).status)).toEqual([
      expect.stringContaining("This is a test"),
    ]);
  });

  test("says that it arrived", async () => {
    const { out, err, exitCode } = await run(["test-alert", "team"], file.env);
    expect([out, err, exitCode]).toEqual([
      expect.stringMatching(/^✓ team \(webhook\) took the test event/),
      "",
      0,
    ]);
  });

  test("closes what it opened where that would page somebody", async () => {
    await file.write(`
outbound: { allowPrivate: true }
sinks: { team: { kind: pagerduty, routingKey: key, api: "${place.url}" } }
`);
    await run(["test-alert", "team"], file.env);
    const alerts = posted.map((body) => JSON.parse(body) as { event_action: string; dedup_key: string });
    expect(alerts.map(({ event_action: action }) => action)).toEqual(["trigger", "resolve"]);
    expect(alerts[0]?.dedup_key).toBe(alerts[1]?.dedup_key);
  });

  test("says why it did not, and ends with 1", async () => {
    status = 401;
    const { out, err, exitCode } = await run(["test-alert", "team"], file.env);
    expect([out, exitCode]).toEqual(["", 1]);
    expect(err).toContain("refuses us (401)");
    expect(err).not.toContain("hunter2");
  });

  test("tests the console, which is a sink without being configured", async () => {
    const { out, exitCode } = await run(["test-alert", "console"], file.env);
    expect([out, exitCode]).toEqual([
      expect.stringMatching(/^\[.*\] Product: Statuswire test\nStatus: This is a test.*\n✓ console \(console\)/),
      0,
    ]);
  });

  test.each([
    ["teem", 'Did you mean "team"?'],
    ["pagerduty", "There are: console, team."],
  ])("knows no sink called %s, and says what there is", async (name, help) => {
    const { err, exitCode } = await run(["test-alert", name], file.env);
    expect([err, exitCode]).toEqual([expect.stringContaining(help), 1]);
  });
});
