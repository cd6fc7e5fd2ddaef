import { demoWorld } from "./demo-pages.ts";
import { playDemo } from "./demo-player.ts";
import { startSimulator } from "./simulator.ts";
import type { Vendor } from "./world.ts";

/** A page of the demo, as a configuration would name it. */
export interface DemoProvider {
  id: string;
  name: string;
  /** Its URL. */
  page: string;
  format: Vendor;
  everySeconds: number;
}

export interface DemoOptions {
  now?: () => Date;
  /** The same seed tells the same stories. */
  seed?: number;
}

/** How closely the script's beats are kept, in milliseconds. */
const tickEvery = 250;

/** Serves OpenAI, Discord and Apple on this machine, and lets incidents unfold on them until it is closed. */
export async function startDemo({ now = () => new Date(), seed = 1 }: DemoOptions = {}) {
  const world = demoWorld(now());
  const simulator = await startSimulator({ world });
  const player = playDemo({ simulator, pageIds: [...world.keys()], now, seed });
  const timer = setInterval(() => player.tick(), tickEvery);

  return {
    providers: [...world.values()].map(({ id, name, vendor }): DemoProvider => ({
      id,
      name,
      page: simulator.pageUrl(id),
      format: vendor,
      everySeconds: 2,
    })),
    async close(): Promise<void> {
      clearInterval(timer);
      await simulator.close();
    },
  };
}
