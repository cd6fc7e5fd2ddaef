import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, copyByApt, librariesIn, run } from "@statuswire/embedded-redis";
import { freePorts } from "./ports.ts";
import { remember, type Running, stop, untimelyEnd } from "./program.ts";
import { untilReady } from "./ready.ts";
import type { Stage } from "./stage.ts";

type Environment = NodeJS.ProcessEnv;

/** Debian's own: its packages are for no other. */
const python = "/usr/bin/python3";
const packages = ["python3-fastapi", "python3-uvicorn", "python3-uvloop", "python3-httptools"];
const sources = fileURLToPath(new URL("../src/processes", import.meta.url));

/** Sees to it that the FastAPI application can run, by a copy of Debian's packages that only we use. Why not, where it can't. */
export async function ancestorMissing(env: Environment): Promise<string | undefined> {
  if (await canRun(env)) return undefined;
  if (env.STATUSWIRE_NO_INSTALL === "1")
    return "FastAPI and uvicorn are not there, and STATUSWIRE_NO_INSTALL=1 forbids to get them";
  const isPart = (name: string) => name.startsWith("python3-") || name.startsWith("lib");
  const isThere = await copyByApt({ packages, isPart, root: rootOf(env), env });
  if (isThere && (await canRun(env))) return undefined;
  return `it needs ${python} with FastAPI and uvicorn, which come as Debian's packages ${packages.join(", ")}`;
}

/** A FastAPI application behind uvicorn, which keeps webhooks in memory. Ends with the stage. */
export async function startAncestor(stage: Stage): Promise<Pick<Running, "url">> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const args = ["-m", "uvicorn", "ancestor:app", "--app-dir", sources, "--port", `${port}`, "--no-access-log"];
  const child = spawn(python, args, { env: await withPackages(stage.env), stdio: ["ignore", "ignore", "pipe"] });
  stage.defer(() => stop(child));
  const ended = untimelyEnd(child, remember(child));
  ended.catch(() => undefined);
  await Promise.race([ended, untilReady(url)]);
  return { url };
}

async function canRun(env: Environment): Promise<boolean> {
  const args = ["-c", "import fastapi, uvicorn, uvloop, httptools"];
  return (await run({ file: python, args, env: await withPackages(env), timeoutMs: 20_000 })).code === 0;
}

async function withPackages(env: Environment): Promise<Environment> {
  const root = rootOf(env);
  return {
    ...env,
    PYTHONPATH: join(root, "usr", "lib", "python3", "dist-packages"),
    PYTHONDONTWRITEBYTECODE: "1",
    LD_LIBRARY_PATH: await librariesIn(root),
  };
}

function rootOf(env: Environment): string {
  return join(cacheFolder(env), "fastapi");
}
