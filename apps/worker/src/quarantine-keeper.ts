import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Tell } from "@statuswire/telemetry";
import type { Queue } from "bullmq";
import { z } from "zod";
import { Counted } from "./counted.ts";

interface Dependencies {
  queue: Queue;
  env: NodeJS.ProcessEnv;
  /** Takes what the process has counted. */
  counted(counted: Counted): void;
  /** The process has ended, and there may be more to do. */
  ended(): void;
  tell: Tell;
}

export interface QuarantineKeeper {
  /** Starts the quarantine's process when there is work for it, ends it when there has been none for a while. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL("../dist/quarantine-main.js", import.meta.url));

const Said = z.object({ counted: Counted });

/** In MB: what eats memory is to end before the machine's is gone. */
const memory = 512;

/** How many looks in a row must find nothing to do. */
const patience = 5;

/** Keeps a process for the quarantine beside a worker, while there is something in it. */
export function keepQuarantine({ queue, env, counted, ended, tell }: Dependencies): QuarantineKeeper {
  let child: ChildProcess | undefined;
  let idleLooks = 0;
  let isStopping = false;

  function start(): void {
    const started = fork(script, [], { env, execArgv: [`--max-old-space-size=${memory}`], stdio: "inherit" });
    let isReady = false;
    child = started;
    started.on("message", (message) => {
      isReady = true;
      const said = Said.safeParse(message);
      if (said.success) counted(said.data.counted);
    });
    // One that can't be started is tried again at the next look.
    started.once("error", (error) => tell("quarantine.ended", { error }));
    started.once("exit", (code, signal) => {
      if (child === started) child = undefined;
      if (isStopping || code === 0) return;
      tell("quarantine.ended", { code: code ?? undefined, signal: signal ?? undefined });
      if (isReady) ended();
    });
  }

  return {
    async look() {
      const isEmpty = (await queue.getJobCountByTypes("waiting", "active", "delayed")) === 0;
      idleLooks = isEmpty ? idleLooks + 1 : 0;
      if (!isEmpty && !child && !isStopping) start();
      if (idleLooks >= patience) child?.kill("SIGTERM");
    },
    async stop() {
      isStopping = true;
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}
