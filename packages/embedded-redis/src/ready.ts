import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { RedisStartError } from "./errors.ts";
import { askInfo, type Info } from "./info.ts";
import { logFile, type Spawned } from "./spawn.ts";

interface Waiting {
  server: Spawned;
  dataDir: string;
  socketPath: string;
  report(line: string): void;
}

/** A shell adds the signal's number to this. */
const firstSignalCode = 128;

const silenceMs = 20_000;
const reportEveryMs = 5_000;

/**
 * Waits until our own server answers and has read its data. While it reads, however long, it is given the time.
 *
 * @throws RedisStartError with what Redis logged, when it ended or stays silent for 20 seconds.
 */
export async function untilReady({ server, dataDir, socketPath, report }: Waiting): Promise<Info> {
  const ended = server.exited.then((code) => ({ code }));
  let deadline = Date.now() + silenceMs;
  let nextReport = Date.now() + reportEveryMs;
  while (Date.now() < deadline) {
    const answer = await Promise.race([askInfo(socketPath), ended]);
    if (answer && "code" in answer)
      throw new RedisStartError(`Redis ended with code ${answer.code}.${await quote(dataDir)}`, {
        wasKilled: answer.code > firstSignalCode,
      });
    if (answer?.pid === server.pid && !answer.loading) return answer;
    if (answer?.loading) deadline = Date.now() + silenceMs;
    if (Date.now() > nextReport) {
      report(`Redis is reading its data in ${dataDir} …`);
      nextReport += reportEveryMs;
    }
    await delay(10);
  }
  throw new RedisStartError(`Redis does not answer at ${socketPath}.${await quote(dataDir)}`);
}

/** The last lines of Redis's log: its own advice is in there, such as how to repair a damaged append-only file. */
async function quote(dataDir: string): Promise<string> {
  const log = await readFile(logFile(dataDir), "utf8").catch(() => "");
  const lines = log.trim().split("\n").slice(-4).filter(Boolean);
  return lines.length > 0
    ? ` Its log, ${logFile(dataDir)}, ends:\n${lines.map((line) => `  ${line}`).join("\n")}`
    : "";
}
