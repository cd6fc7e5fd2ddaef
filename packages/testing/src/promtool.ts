import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Whether this machine has promtool (Debian's package `prometheus`). Without it, says on stderr what is skipped. */
export function hasPromtool(): boolean {
  const isThere = spawnSync("promtool", ["--version"]).status === 0;
  if (!isThere)
    process.stderr.write("No promtool on this machine (Debian: prometheus): its checks are skipped.\n");
  return isThere;
}

/** What promtool said, on stdout and stderr together, and its exit code. */
interface Checked {
  code: number | null;
  output: string;
}

/** Runs `promtool` with arguments, and `input` on its stdin. */
export async function promtool(args: readonly string[], input = ""): Promise<Checked> {
  const child = spawn("promtool", args);
  const exited = once(child, "exit");
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await exited) as [number | null];
  return { code, output: out + err };
}
