import { jest } from "@jest/globals";
import { failed } from "../src/failed.ts";
import { commands } from "../src/commands.ts";
import { createProgram } from "../src/program.ts";
import type { Environment } from "../src/redis.ts";

/** What a command printed and ended with. */
export interface Ended {
  out: string;
  err: string;
  exitCode: number;
}

/** Runs `statuswire` in this process, as main.ts does. One at a time: it listens to the process's own stdout. */
export async function run(args: readonly string[], env: Environment = {}): Promise<Ended> {
  const [out, err] = [capture(process.stdout), capture(process.stderr)];
  process.exitCode = undefined;
  try {
    await createProgram(commands, env).parseAsync(args, { from: "user" }).catch(failed);
    return { out: out.text(), err: err.text(), exitCode: Number(process.exitCode ?? "0") };
  } finally {
    process.exitCode = undefined;
    out.stop();
    err.stop();
  }
}

function capture(stream: NodeJS.WriteStream): { text(): string; stop(): void } {
  const written: string[] = [];
  const spy = jest.spyOn(stream, "write").mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  return { text: () => written.join(""), stop: () => spy.mockRestore() };
}
