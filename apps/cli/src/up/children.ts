import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Tell } from "@statuswire/telemetry";
import { createBackOff } from "./back-off.ts";

/** One of our processes that we run: which app, and with which environment. */
export interface Part {
  app: "ingest" | "worker" | "dashboard";
  env: NodeJS.ProcessEnv;
}

export interface Child {
  /** Where it listens; rejects with the reason when it cannot start. */
  ready: Promise<string>;
  /** Asks it to stop and waits; after `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
}

/** What a process of ours says to its parent. */
interface Message {
  ready?: boolean;
  url?: string;
  /** Why it ends. */
  failed?: string;
}

/** So many ends in a row, none of them explained, before it is first ready. */
const mostEndsBeforeReady = 5;

/** Runs one of our apps as a process of its own and keeps it running. Its stdout is ours, so that events reach it unbroken. */
export function keepRunning({ app, env }: Part, tell: Tell): Child {
  const script = fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));
  const backOff = createBackOff();
  const beforeReady = createBackOff(mostEndsBeforeReady);
  let isStopping = false;
  let wasEverReady = false;
  let child: ChildProcess;
  let ended: Promise<void>;
  let timer: NodeJS.Timeout | undefined;

  const ready = new Promise<string>((resolve, reject) => {
    function start(): void {
      const startedAt = Date.now();
      let reason: string | undefined;
      child = spawn(process.execPath, [script], { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
      child.on("message", (message: Message) => {
        reason = message.failed ?? reason;
        if (!message.ready) return;
        wasEverReady = true;
        resolve(message.url ?? "");
      });
      // What it said last may be read after its end.
      const hasSaidAll = new Promise((done) => child.once("disconnect", done));
      ended = new Promise((done) => {
        child.once("exit", (code, signal) => {
          done();
          const ranForMs = Date.now() - startedAt;
          void hasSaidAll.then(() => {
            if (!isStopping) startAgain({ code, signal, reason, ranForMs });
          });
        });
      });
    }

    function startAgain({ code, signal, reason, ranForMs }: Ending): void {
      // The port, the configuration: another try would end the same way.
      if (!wasEverReady && reason !== undefined) {
        reject(new Error(`${app} could not start: ${reason}`));
        return;
      }
      const waitMs = (wasEverReady ? backOff : beforeReady).waitAfter(ranForMs);
      if (waitMs === undefined) {
        const end = signal ?? `code ${code ?? "unknown"}`;
        reject(new Error(`${app} ended ${mostEndsBeforeReady + 1} times before it was ready, last with ${end}.`));
        return;
      }
      tell("child.restarted", { app, code: code ?? undefined, signal: signal ?? undefined });
      timer = setTimeout(start, waitMs);
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

interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** What the process gave as the reason. */
  reason: string | undefined;
  ranForMs: number;
}
