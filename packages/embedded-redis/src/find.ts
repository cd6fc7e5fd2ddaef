import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { RedisMissingError } from "./errors.ts";
import { libraryPath, privateCopy } from "./private-copy.ts";
import { run } from "./run.ts";
import { isSupported, oldestVersion, readVersion } from "./version.ts";

/** A program that was run and proved to be a Redis server of a supported version. */
export interface RedisBinary extends Candidate {
  version: string;
}

interface Candidate {
  file: string;
  /** The name to start it under, when its own file name means another tool. */
  argv0?: "redis-server";
  /** For LD_LIBRARY_PATH, when its libraries are not installed. */
  libraryPath?: string;
}

export interface Search {
  binary: RedisBinary | undefined;
  /** What was found and could not be used, each with its reason. */
  refused: string[];
}

export interface Where {
  env: NodeJS.ProcessEnv;
  /** Where to look besides the PATH. Default: where servers live that a PATH often leaves out. */
  folders?: readonly string[];
}

/** sbin, Homebrew, MacPorts. */
const usualFolders = [
  "/usr/local/bin",
  "/usr/bin",
  "/usr/sbin",
  "/opt/homebrew/bin",
  "/home/linuxbrew/.linuxbrew/bin",
  "/opt/local/bin",
];

/**
 * Looks for a Redis or Valkey server: STATUSWIRE_REDIS_BIN alone if set, else the PATH and the usual folders, else our
 * private copy. Each candidate must answer `--version` with a supported version. Changes nothing.
 *
 * @throws RedisMissingError when STATUSWIRE_REDIS_BIN names something that cannot be used.
 */
export async function findRedis({ env, folders = usualFolders }: Where): Promise<Search> {
  if (env.STATUSWIRE_REDIS_BIN) return findNamed(env.STATUSWIRE_REDIS_BIN, env);

  const refused: string[] = [];
  for (const candidate of await candidates({ env, folders })) {
    const verdict = await probe(candidate, env);
    if (typeof verdict !== "string") return { binary: verdict, refused };
    refused.push(verdict);
  }
  return { binary: undefined, refused };
}

async function findNamed(file: string, env: NodeJS.ProcessEnv): Promise<Search> {
  const verdict = await probe(asCandidate(file), env);
  if (typeof verdict === "string") throw new RedisMissingError(`STATUSWIRE_REDIS_BIN: ${verdict}`);
  return { binary: verdict, refused: [] };
}

async function candidates({ env, folders }: Required<Where>): Promise<Candidate[]> {
  const all = [...new Set([...(env.PATH ?? "").split(delimiter).filter(Boolean), ...folders])];
  // Debian's redis-tools has the whole server in redis-check-rdb: only the name it is started under differs.
  const names = ["valkey-server", "redis-server", "valkey-check-rdb", "redis-check-rdb"];
  const files = names.flatMap((name) => all.map((folder) => join(folder, name)));
  const installed = await executable(files);
  const copied = await executable([privateCopy(env).file]);
  return [
    ...installed.map(asCandidate),
    ...(await Promise.all(
      copied.map(async (file) => ({ ...asCandidate(file), libraryPath: await libraryPath(env) })),
    )),
  ];
}

async function executable(files: string[]): Promise<string[]> {
  const checks = files.map((file) =>
    access(file, constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  const usable = await Promise.all(checks);
  return files.filter((_file, index) => usable[index]);
}

function asCandidate(file: string): Candidate {
  return file.endsWith("-check-rdb") ? { file, argv0: "redis-server" } : { file };
}

/** The candidate with its version, or why it cannot be used. */
async function probe(candidate: Candidate, env: NodeJS.ProcessEnv): Promise<RedisBinary | string> {
  const { file, argv0, libraryPath } = candidate;
  const { code, stdout, stderr } = await run({
    file,
    args: ["--version"],
    env: libraryPath ? { ...env, LD_LIBRARY_PATH: libraryPath } : env,
    timeoutMs: 5_000,
    ...(argv0 && { argv0 }),
  });
  const version = readVersion(stdout);
  if (code !== 0 || !version) return `${file} does not run as a Redis server ${firstLine(stderr)}`.trim();
  if (!isSupported(version)) return `${file} is version ${version}, ${oldestVersion} or newer is needed`;
  return { ...candidate, version };
}

function firstLine(stderr: string): string {
  const line = stderr.trim().split("\n")[0];
  return line ? `(${line})` : "";
}
