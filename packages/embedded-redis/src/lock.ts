import { randomUUID } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RedisStartError } from "./errors.ts";
import { identify, isRunning } from "./process-birth.ts";

const prefix = "starting-";
const patienceMs = 10 * 60_000;

/**
 * Runs `work` while no other process does so for the same folder. Everyone who wants in puts up a file of their own and
 * is in when theirs is the only one of a living process: a crash leaves nothing that another has to take over.
 */
export async function exclusively<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const mine = `${prefix}${await identify(process.pid)}-${randomUUID()}`;
  await enter(folder, mine);
  try {
    return await work();
  } finally {
    await rm(join(folder, mine), { force: true });
  }
}

async function enter(folder: string, mine: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    await writeFile(join(folder, mine), "");
    if ((await others(folder, mine)).length === 0) return;
    // Two who came together both step back; chance decides who is first the next time.
    await rm(join(folder, mine), { force: true });
    await delay(10 + Math.random() * 50);
  }
  const [holder] = await others(folder, mine);
  throw new RedisStartError(`Another process has been starting Redis for too long. Stop it, or remove ${holder}`);
}

async function others(folder: string, mine: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name !== mine);
  const living = [];
  for (const name of names) {
    if (await isRunning(identityIn(name))) living.push(join(folder, name));
    else await rm(join(folder, name), { force: true });
  }
  return living;
}

function identityIn(name: string): string {
  return name.slice(prefix.length).split("-").slice(0, 2).join("-");
}
