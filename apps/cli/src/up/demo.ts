import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

const prefix = "statuswire-demo-";

/** Sets the stage. Nothing of it touches the user's own configuration or data. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const demo = await startDemo();
  const config = configIn(folder);
  const providers = demo.providers.map(({ everySeconds, ...provider }) => ({ ...provider, every: everySeconds }));
  await writeFile(config, stringify({ providers, outbound: { allowPrivate: true } }));
  await writeFile(pidIn(folder), String(process.pid));
  return {
    env: { STATUSWIRE_CONFIG: config },
    dataDir: dataIn(folder),
    async close() {
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** By which variables a command reaches the demo that runs on this machine; undefined when none does. */
export async function runningDemo(): Promise<string | undefined> {
  const names = await readdir(tmpdir()).catch(() => []);
  const folders = names.filter((name) => name.startsWith(prefix)).map((name) => join(tmpdir(), name));
  for (const folder of folders)
    if (await isRun(folder)) return `STATUSWIRE_DATA=${dataIn(folder)} STATUSWIRE_CONFIG=${configIn(folder)}`;
  return undefined;
}

// Of a demo that was killed, the folder is still there.
async function isRun(folder: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(pidIn(folder), "utf8"));
    // Zero and less would be a group of processes.
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

const configIn = (folder: string) => join(folder, "statuswire.yaml");
const dataIn = (folder: string) => join(folder, "redis");
const pidIn = (folder: string) => join(folder, "pid");
