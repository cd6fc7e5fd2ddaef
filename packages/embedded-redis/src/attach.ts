import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { RedisStartError } from "./errors.ts";
import { askInfo } from "./info.ts";
import { isRunning } from "./process-birth.ts";
import { readRecord } from "./record.ts";

interface Place {
  dataDir: string;
  socketPath: string;
}

export interface Attached {
  pid: number;
  version: string;
  /** Resolves when the server goes away. */
  gone: Promise<void>;
  /** Lets go; the server belongs to whoever started it. */
  detach(): void;
}

const departureMs = 15_000;

/**
 * Joins the server that already works in this folder, provided that its process and its run are the recorded ones.
 * A server whose owner has died is on its way out: waits for that, because two servers would ruin one file.
 */
export async function attach({ dataDir, socketPath }: Place): Promise<Attached | undefined> {
  const record = await readRecord(dataDir);
  const info = await askInfo(socketPath);
  const known = record !== undefined && (await isRunning(record.server)) ? record : undefined;
  if (!known && !info) return undefined;

  const isRecorded = info?.pid === Number.parseInt(known?.server ?? "", 10) && info.runId === known?.runId;
  if (known && isRecorded && (await isRunning(known.owner))) return { ...info, ...hold(socketPath) };
  return departure({ dataDir, socketPath });
}

function hold(socketPath: string): Pick<Attached, "gone" | "detach"> {
  const socket = connect(socketPath).unref();
  socket.on("error", () => socket.destroy());
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return { gone, detach: () => void socket.destroy() };
}

async function departure({ dataDir, socketPath }: Place): Promise<undefined> {
  const deadline = Date.now() + departureMs;
  while (Date.now() < deadline) {
    const record = await readRecord(dataDir);
    const isThere = (record && (await isRunning(record.server))) || (await askInfo(socketPath));
    if (!isThere) return undefined;
    await delay(50);
  }
  const pid = (await askInfo(socketPath))?.pid ?? Number.parseInt((await readRecord(dataDir))?.server ?? "", 10);
  throw new RedisStartError(
    `${dataDir} is in use by process ${pid}. Stop that process (kill ${pid}), or set STATUSWIRE_DATA to another folder.`,
  );
}
