import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  addAlone,
  Batch,
  closeQueues,
  listDeadLetters,
  openQueues,
  type Queues,
  redrive,
} from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import type { Simulator } from "@statuswire/simulator";
import { createLog } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { breaks, entries, servePages } from "./page.ts";
import { webhook, writeConfig } from "./stage.ts";

let redis: FreshRedis;
let pages: Simulator;
let config: Awaited<ReturnType<typeof writeConfig>>;
let queues: Queues;
let workers: Service[];
let printed: string;

beforeEach(async () => {
  [workers, printed] = [[], ""];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  redis = await freshRedis();
  pages = await servePages("acme");
  config = await writeConfig(entries(pages, "acme"));
  queues = openQueues(redis.connect());
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  jest.restoreAllMocks();
  await closeQueues(queues);
  await config.remove();
  await pages.close();
  await redis.stop();
});

describe("a worker", () => {
  test("prints each event once, in two lines", async () => {
    await start();
    await addAlone(queues, [envelope("acme", "Slow."), envelope("acme", "Slow."), envelope("acme", "Slower.")]);
    await waitUntil("both to be printed", () => printed.includes("Slow.") && printed.includes("Slower."));
    expect(
      printed
        .replace(/\[.*?\]/g, "[…]")
        .split("\n")
        .sort(),
    ).toEqual(["", "Status: Slow.", "Status: Slower.", "[…] Product: Acme API", "[…] Product: Acme API"].sort());
  });

  test("prints each event as JSON, when so asked", async () => {
    await start({ LOG_FORMAT: "json" });
    await addAlone(queues, [envelope("acme", "Slow.")]);
    await waitUntil("it to be printed", () => printed.endsWith("\n"));
    expect(JSON.parse(printed)).toMatchObject({ type: "incident.opened", provider: "acme", status: "Slow." });
  });

  test("looks at each page at once, and announces nothing of what it finds", async () => {
    pages.change("acme", breaks(-5));
    await start();
    const found = await waitUntil("the baseline", async () => {
      const events = await createLog(redis.connect()).after(undefined, 10);
      return events.length === 2 ? events : undefined;
    });
    await addAlone(queues, [envelope("acme", "News.")]);
    await waitUntil("the news to be printed", () => printed.includes("News."));
    expect(found.every(({ initial }) => initial)).toBe(true);
    expect(printed.split("\n")).toHaveLength(3);
  });

  test("lets others work beside it, and each event is printed once", async () => {
    await Promise.all([start(), start(), start()]);
    const many = Array.from({ length: 100 }, (_, index) => envelope("acme", `Trouble ${index}.`));
    await addAlone(queues, many);
    await waitUntil("all to be printed", () => printed.split("\n").length > 200);
    expect(statuses()).toEqual(many.map((_, index) => `Trouble ${index}.`).sort());
  });

  test("is not held up by one that can't be read, and buries that", async () => {
    await start();
    const good = ["One.", "Two.", "Three."].map((body) => envelope("acme", body));
    const [first, ...others] = good;
    const together = [first, webhook("acme", { hello: "world" }), webhook("nobody", {}), ...others];
    await queues.of("acme").observations.add("together", Batch.parse({ v: 1, observations: together }));
    await waitUntil("the good to be printed", () => statuses().length === 3);
    const graves = await waitUntil("the bad to be buried", async () => {
      const found = await listDeadLetters(queues);
      return found.length === 2 ? found : undefined;
    });
    expect(graves.map(({ letter }) => letter.error).sort()).toEqual(["PayloadError", "UnknownProviderError"]);
  });

  test("redrives what was for a provider that has come to be known", async () => {
    await start();
    await addAlone(queues, [envelope("newcomer", "Hello.")]);
    const [grave] = await waitUntil("it to be buried", async () => {
      const graves = await listDeadLetters(queues);
      return graves.length > 0 ? graves : undefined;
    });
    expect(grave?.letter.reason).toContain("npm run -s statuswire -- add newcomer");
    await config.rewrite(entries(pages, "acme").flatMap((acme) => [acme, { ...acme, id: "newcomer" }]));
    const schedules = () => queues.of("newcomer").polls.getJobScheduler("newcomer");
    await waitUntil("the newcomer to be watched", async () => (await schedules()) !== undefined);
    if (grave) await redrive(queues, grave);
    await waitUntil("it to be printed", () => printed.includes("Hello."));
  });

  test("counts no provider any more that is not watched", async () => {
    await config.rewrite(entries(pages, "acme").flatMap((acme) => [acme, { ...acme, id: "gone" }]));
    await start();
    const metrics = async () => (await fetch(`${workers[0]?.url ?? ""}/metrics`)).text();
    await waitUntil("both to be polled", async () => /polls_total\{provider="gone"/.test(await metrics()));
    await config.rewrite(entries(pages, "acme"));
    await waitUntil("it to be counted no more", async () => !(await metrics()).includes("gone"));
    expect(await metrics()).toContain('statuswire_polls_total{provider="acme"');
  });

  test("goes on after Redis was away", async () => {
    await start();
    await addAlone(queues, [envelope("acme", "Before.")]);
    await waitUntil("it to be printed", () => printed.includes("Before."));
    await redis.crash();
    await redis.revive();
    await waitUntil("another to be taken", () => addAlone(queues, [envelope("acme", "After.")]).then(() => true));
    await waitUntil("it to be printed", () => printed.includes("After."));
  });

  test("stops while its connections are coming back", async () => {
    await start();
    await waitUntil("it to be ready", isReady);
    await redis.crash();
    await redis.revive();
    await waitUntil("it to be ready", isReady);
    await workers.pop()?.stop();
  });

  test("says where it listens, and when it is ready", async () => {
    await start();
    await waitUntil("it to be ready", isReady);
  });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const variables = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0", ...env };
  workers.push(await startWorker(readConfig(variables), () => undefined));
}

async function isReady(): Promise<boolean> {
  return (await fetch(`${workers[0]?.url ?? ""}/readyz`)).ok;
}

function envelope(provider: string, body: string) {
  return webhook(provider, { page: { name: "Acme" }, component: { name: "API" }, incident: { name: body, body } });
}

function statuses(): string[] {
  return [...printed.matchAll(/^Status: (.*)$/gm)].map(([, status = ""]) => status).sort();
}
