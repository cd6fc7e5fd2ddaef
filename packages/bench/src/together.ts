import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePorts } from "./ports.ts";
import { remember, stop, untimelyEnd } from "./program.ts";
import { untilReady } from "./ready.ts";
import type { Stage } from "./stage.ts";

/** Everything on this machine, as a user starts it. */
export interface Together {
  pid: number;
  /** Seconds from the start until every process of ours answered /readyz with 200. */
  readySeconds: number;
  /** The folder of its embedded Redis. */
  data: string;
}

interface Command {
  file: string;
  args: readonly string[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const readyMs = 120_000;

/** `statuswire up`, without the script around it. */
export const statuswireUp: Command = { file: process.execPath, args: ["apps/cli/dist/main.js", "up"] };

/** What a user types. */
export const npmStart: Command = { file: "npm", args: ["start"] };

/** Starts everything with a configuration, on free ports, with an embedded Redis and a data folder of its own. */
export async function startTogether(stage: Stage, { file, args }: Command, config: object): Promise<Together> {
  const ports = await freePorts(3);
  const [ingest, dashboard, worker] = ports.map(String);
  const data = await stage.folder();
  const env = {
    ...stage.env,
    REDIS_URL: "",
    STATUSWIRE_DATA: data,
    STATUSWIRE_CONFIG: await stage.configure(config),
    INGEST_PORT: ingest,
    DASHBOARD_PORT: dashboard,
    WORKER_PORT: worker,
  };
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
  stage.defer(() => stop(child));
  const ended = untimelyEnd(child, remember(child));
  ended.catch(() => undefined);
  await Promise.race([ended, Promise.all(ports.map((port) => untilReady(`http://127.0.0.1:${port}`, readyMs)))]);
  return { pid: child.pid ?? 0, readySeconds: (performance.now() - startedAt) / 1000, data };
}
