import { spawn } from "node:child_process";
import { once } from "node:events";
import { PermanentError } from "@statuswire/status";
import { z } from "zod";
import { codeOf } from "../errors.ts";
import { eventJson } from "../event-json.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  command: z.tuple([z.string().min(1)], z.string()).describe("The program and its arguments; no shell reads them"),
  allow: z
    .literal(true, { error: "This runs a program with the worker's rights. Write allow: true if you mean it." })
    .describe("true, to say that you mean it"),
  env: z.record(z.string(), z.string()).default({}).describe("What else its environment holds, besides PATH"),
  timeoutSeconds: z.int().min(1).max(300).default(30).describe("After this it is killed, and run again later"),
});

/** A program of this machine, run once per event with the event as JSON on its standard input. */
export const exec = defineKind({
  kind: "exec",
  audience: "program",
  options: Options,
  create({ command, env, timeoutSeconds }, pages) {
    const [program] = command;
    return {
      async deliver(event) {
        const input = `${eventJson(event, pages)}\n`;
        const { code, signal } = await run(command, { env, input, timeoutSeconds });
        if (signal) throw new Error(`${program} was ended by ${signal} within ${timeoutSeconds} s.`);
        if (code === unusable) throw new PermanentError(`${program} says that it cannot use the event (65).`);
        if (code !== 0) throw new Error(`${program} ended with ${code}, which means: try again.`);
      },
      preview: (event) => eventJson(event, pages),
    };
  },
});

/** EX_DATAERR of sysexits.h. */
const unusable = 65;

interface Run {
  env: Readonly<Record<string, string>>;
  input: string;
  timeoutSeconds: number;
}

// Our own environment holds secrets, and the event's words are hostile: neither is in the child's arguments or its environment.
async function run([program, ...args]: readonly [string, ...string[]], { env, input, timeoutSeconds }: Run) {
  const child = spawn(program, args, {
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...env },
    stdio: ["pipe", "ignore", "ignore"],
    timeout: timeoutSeconds * 1000,
    killSignal: "SIGKILL",
  });
  // A program that does not read its input closes the pipe on us; how it ends is what counts.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null]; // Node's documented event
    return { code, signal };
  } catch (error) {
    throw unstartable(program, error);
  }
}

function unstartable(program: string, error: unknown): Error {
  const code = codeOf(error) ?? "no code";
  const isWrong = code === "ENOENT" || code === "EACCES";
  const message = `${program} cannot be started (${code}); check the sink's command.`;
  return isWrong ? new PermanentError(message) : new Error(message);
}
