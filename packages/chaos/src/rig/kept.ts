import { type Program, type Running, start } from "./process.ts";
import type { Stage } from "./stage.ts";

/** A process that is started again whenever it ends, as a supervisor would. */
export interface Kept {
  /** SIGKILL. */
  kill(): void;
  /** How often it has ended so far. */
  deaths(): number;
}

/** Starts an app and keeps it until the stage is cleared. */
export async function keep(stage: Stage, program: Program): Promise<Kept> {
  let running: Running | undefined = await start(program);
  let deaths = 0;
  let isOver = false;

  async function watch(): Promise<void> {
    while (running) {
      await running.ended;
      deaths++;
      running = await another();
    }
  }

  async function another(): Promise<Running | undefined> {
    while (!isOver) {
      // One that ends before it listens is started again as well.
      const next = await start(program).catch(() => undefined);
      if (!next) deaths++;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the stage may be cleared while we wait
      else if (!isOver) return next;
      else await next.stop();
    }
    return undefined;
  }

  const watching = watch();
  stage.defer(async () => {
    isOver = true;
    await running?.stop();
    await watching;
  });
  return { kill: () => running?.signal("SIGKILL"), deaths: () => deaths };
}
