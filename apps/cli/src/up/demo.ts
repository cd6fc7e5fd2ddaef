import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemo } from "@statuswire/simulator";
import { stringify } from "yaml";

/** A stage for the demo: simulated pages, and a configuration and a data folder that are gone afterwards. */
export interface Stage {
  env: NodeJS.ProcessEnv;
  dataDir: string;
  close(): Promise<void>;
}

/** Sets the stage. Nothing of it touches the user's own configuration or data. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "statuswire-demo-"));
  const demo = await startDemo();
  const config = join(folder, "statuswire.yaml");
  const providers = demo.providers.map(({ everySeconds, ...provider }) => ({ ...provider, every: everySeconds }));
  await writeFile(config, stringify({ providers, outbound: { allowPrivate: true } }));
  return {
    env: { STATUSWIRE_CONFIG: config },
    dataDir: join(folder, "redis"),
    async close() {
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
