import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { commandsIn } from "../src/rig/commands.ts";

describe("the commands in a piece of a conversation", () => {
  test("are named with the first of our keys", () => {
    expect(named(["set", "{sw}:told:team", "1"], ["PING"])).toEqual(["SET {sw}:told", "PING"]);
  });

  test("have the same name for a script however it is sent", () => {
    const script = "return redis.call('GET', '{sw}:x')";
    const digest = createHash("sha1").update(script).digest("hex");
    const [whole, short] = named(["EVAL", script, "1", "{sw}:events"], ["EVALSHA", digest, "1", "{sw}:events"]);
    expect(whole).toBe(short);
    expect(whole).toMatch(/^script \w{6} \{sw\}:events$/);
  });

  test("are left out where they are cut short", () => {
    const piece = asked(["GET", "{sw}:holds"], ["GET", "{sw}:events"]);
    expect(commandsIn(piece.subarray(0, -4))).toEqual(["GET {sw}:holds"]);
  });
});

function named(...commands: string[][]): string[] {
  return commandsIn(asked(...commands));
}

function asked(...commands: string[][]): Buffer {
  const bulk = (word: string) => `$${word.length}\r\n${word}\r\n`;
  return Buffer.from(commands.map((words) => `*${words.length}\r\n${words.map(bulk).join("")}`).join(""));
}
