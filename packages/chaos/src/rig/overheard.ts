import { commandsIn } from "./commands.ts";
import { type Part, startPart } from "./part.ts";
import type { Program } from "./process.ts";
import { openLine } from "./proxy.ts";
import type { Stage } from "./stage.ts";

/** A place in a conversation: before a question reaches Redis, or once it is done and before its answer is heard. */
export interface Point {
  asked: string;
  when: "before" | "after";
}

/** A process whose conversation with Redis is listened to, and which can be killed at any point of it. */
export interface Overheard {
  part: Part;
  /** What it has asked since the last call, each kind of question once, in order. */
  asked(): string[];
  /** Kills it at the next such point. */
  doom(point: Point): void;
  /** Kills it no more. */
  spare(): void;
}

/** Starts an app on a line of its own to a server on a unix socket. Both end with the stage. */
export async function overhear(stage: Stage, program: (url: string) => Program, path: string): Promise<Overheard> {
  const line = await openLine(stage, path);
  const { app } = program(line.url);
  const part = await startPart(app, program(line.url));
  stage.defer(() => part.stop());
  let doom: Point | undefined;
  let doomed: number | undefined;
  let heard = new Set<string>();

  function die(): "cut" {
    doom = undefined;
    doomed = undefined;
    void part.kill();
    return "cut";
  }

  line.inspect((piece, bytes, connection) => {
    if (piece === "answer") return connection === doomed ? die() : "carry";
    const asked = commandsIn(bytes);
    for (const command of asked) heard.add(command);
    if (!doom || !asked.includes(doom.asked)) return "carry";
    if (doom.when === "before") return die();
    doomed = connection;
    return "carry";
  });

  return {
    part,
    asked() {
      const all = [...heard];
      heard = new Set();
      return all;
    },
    doom: (point) => void (doom = point),
    spare() {
      doom = undefined;
      doomed = undefined;
    },
  };
}
