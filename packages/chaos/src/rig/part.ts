import { type Program, type Running, start } from "./process.ts";

/** A process that can be killed and started again, as a supervisor would, at the same address. */
export interface Part {
  name: string;
  url(): string;
  pid(): number;
  /** Whether it runs, and is not held. */
  isUp(): boolean;
  /** SIGKILL; resolves when it has gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it listens. */
  revive(): Promise<void>;
  /** SIGSTOP. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  stop(): Promise<void>;
}

/** Starts an app on a free port, which it keeps however often it is started again. */
export async function startPart(name: string, program: Program): Promise<Part> {
  const variable = program.app.endsWith("worker") ? "WORKER_PORT" : "INGEST_PORT";
  let running: Running = await start({ ...program, env: { ...program.env, [variable]: "0" } });
  let isUp = true;
  const { url } = running;
  const again: Program = { ...program, env: { ...program.env, [variable]: new URL(url).port } };

  return {
    name,
    url: () => url,
    pid: () => running.pid,
    isUp: () => isUp,
    async kill() {
      isUp = false;
      running.signal("SIGKILL");
      await running.ended;
    },
    async revive() {
      running = await start(again);
      isUp = true;
    },
    pause() {
      isUp = false;
      running.signal("SIGSTOP");
    },
    resume() {
      running.signal("SIGCONT");
      isUp = true;
    },
    async stop() {
      await running.stop();
    },
  };
}

/** Whether a process of ours can do its work: whether its /readyz answers 200 within two seconds. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
