import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Tell } from "@statuswire/telemetry";

/** One of our processes that we run: which app, and with which environment. */
export interface Part {
  app: "ingest" | "worker" | "dashboard";
  env: NodeJS.ProcessEnv;
}

export interface Child {
  /** Where it listens; rejects when it ends before it is ready. */
  ready: Promise<string>;
  /** Asks it to stop and waits; after `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
}

/** Started, ended unexpectedly, it is started again after one of these, in ms; the last repeats. */
const restartDelays = [200, 500, 1000, 2000, 5000, 10_000];

/** What has run for so long is in health: its next end is counted as the first. */
const healthyAfterMs = 30_000;

/** Runs one of our apps as a process of its own and keeps it running. Its stdout is ours, so that events reach it unbroken. */
export function keepRunning({ app, env }: Part, tell: Tell): Child {
  const script = fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));
  let isStopping = false;
  let wasEverReady = false;
  let child: ChildProcess;
  let ended: Promise<void>;
  let deaths = 0;
  let timer: NodeJS.Timeout | undefined;

  const ready = new Promise<string>((resolve, reject) => {
    function start(): void {
      child = spawn(process.execPath, [script], { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
      const startedAt = Date.now();
      child.on("message", (message: { ready?: boolean; url?: string }) => {
        if (!message.ready) return;
        wasEverReady = true;
        resolve(message.url ?? "");
      });
      ended = new Promise((done) => {
        child.once("exit", (code, signal) => {
          done();
          if (isStopping) return;
          // Never ready means it can't start here: the port, the configuration. It has said why.
          if (!wasEverReady) {
            reject(new Error(`${app} could not start (exit code ${code ?? signal ?? "unknown"}); see above.`));
            return;
          }
          if (Date.now() - startedAt > healthyAfterMs) deaths = 0;
          timer = setTimeout(start, delay(deaths++));
          tell("child.restarted", { app, code: code ?? undefined, signal: signal ?? undefined });
        });
      });
    }
    start();
  });

  return {
    ready,
    async stop(graceMs) {
      isStopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const killing = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await ended;
      clearTimeout(killing);
    },
  };
}

function delay(deaths: number): number {
  return restartDelays[Math.min(deaths, restartDelays.length - 1)] ?? 0;
}
