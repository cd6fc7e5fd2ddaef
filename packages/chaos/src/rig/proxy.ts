import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { commandsIn } from "./commands.ts";
import type { Stage } from "./stage.ts";

/** What a line does with what goes over it. */
type Condition =
  /** Carries both ways. */
  | { kind: "pass" }
  /** Takes no connection, and cuts those that there are. */
  | { kind: "refuse" }
  /** Takes everything and says nothing, as when a firewall drops what it sees. */
  | { kind: "black-hole" }
  /** Keeps what comes, and carries it on afterwards, as TCP does when a network is whole again. */
  | { kind: "hold" }
  /** Cuts every connection with a reset, new ones at once. */
  | { kind: "reset" }
  /** Carries, but each answer this much later. */
  | { kind: "latency"; ms: number }
  /** Answers everything itself with an error, such as `LOADING Redis is loading the dataset in memory`. */
  | { kind: "error"; message: string };

/** What is about to be carried: a piece of what was asked, or of what was answered. */
type Piece = "question" | "answer";

/** Says what becomes of a piece, by what it holds and by the number of its connection. */
type Look = (piece: Piece, bytes: Buffer, connection: number) => "carry" | "cut";

/** A TCP line to a server, which can be put in trouble while it is in use. */
export interface Line {
  /** `redis://127.0.0.1:…`. */
  url: string;
  become(condition: Condition): Promise<void>;
  /** Has each piece looked at before it is carried; one for which this returns "cut" is dropped, and its connection with it. */
  inspect(look: Look | undefined): void;
}

type Pair = [near: Socket, far: Socket, connection: number];

/** Opens a line to a server on a unix socket. It begins by carrying, and ends with the stage. */
export async function openLine(stage: Stage, path: string): Promise<Line> {
  const pairs = new Set<Pair>();
  let connections = 0;
  let condition: Condition = { kind: "pass" };
  let inspect: Look | undefined;
  const server = createServer(accept);
  const port = await listen(server, 0);

  function accept(near: Socket): void {
    near.on("error", () => undefined);
    if (condition.kind === "reset") return void near.resetAndDestroy();
    const far = connect(path).on("error", () => near.destroy());
    const pair: Pair = [near, far, ++connections];
    pairs.add(pair);
    near.on("close", () => {
      far.destroy();
      pairs.delete(pair);
    });
    // Behind a black hole nobody hears of an end, either.
    far.on("close", () => condition.kind !== "black-hole" && near.destroy());
    near.on("data", (question: Buffer) => asked(pair, question));
    far.on("data", (answer: Buffer) => answered(pair, answer));
    if (condition.kind === "hold") hold(pair);
  }

  function asked([near, far, connection]: Pair, question: Buffer): void {
    if (condition.kind === "black-hole") return;
    if (condition.kind === "error")
      return void near.write(`-${condition.message}\r\n`.repeat(commandsIn(question).length));
    if (inspect?.("question", question, connection) === "cut") return void near.resetAndDestroy();
    far.write(question);
  }

  function answered([near, , connection]: Pair, answer: Buffer): void {
    if (condition.kind === "black-hole" || condition.kind === "error") return;
    if (inspect?.("answer", answer, connection) === "cut") return void near.resetAndDestroy();
    if (condition.kind === "latency") setTimeout(() => near.write(answer), condition.ms);
    else near.write(answer);
  }

  async function become(next: Condition): Promise<void> {
    const before = condition.kind;
    condition = next;
    for (const pair of pairs) (next.kind === "hold" ? hold : release)(pair);
    if (next.kind === "refuse" || next.kind === "reset") for (const [near] of pairs) near.resetAndDestroy();
    if (next.kind === "refuse") await closed(server);
    else if (before === "refuse") await listen(server, port);
    // What a black hole has swallowed nobody answers any more: its ends find out by themselves, or not at all.
  }

  stage.defer(async () => {
    for (const [near, far] of pairs) for (const socket of [near, far]) socket.destroy();
    if (condition.kind !== "refuse") await closed(server);
  });
  return { url: `redis://127.0.0.1:${port}`, become, inspect: (look) => void (inspect = look) };
}

function hold([near, far]: Pair): void {
  near.pause();
  far.pause();
}

function release([near, far]: Pair): void {
  near.resume();
  far.resume();
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port; // It listens on TCP, so it has one.
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
