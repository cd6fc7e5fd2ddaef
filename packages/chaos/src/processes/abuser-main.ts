import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { abuses, slowStart } from "../rig/abuses.ts";

// Abuses a door until it is told to stop, and then says on stdout how it was answered. A process of its own, so that what good
// senders see is the door's slowness and not ours.
const { hostname, port, href } = new URL(process.env["TARGET"] ?? "");
const slowConnections = 200;
const floodEveryMs = 500;
const flooded = 50;
const senders = 4;
const pauseMs = 20;
const patienceMs = 5000;

const answers: Record<string, number> = {};
const requests = Object.values(abuses);
let isOver = false;

async function open(): Promise<Socket> {
  const socket = connect(Number(port), hostname).on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

async function abuse(first: number): Promise<void> {
  for (let index = first; !isOver; index++) {
    const request = requests[index % requests.length];
    if (request) await send(request).catch(() => undefined);
    await delay(pauseMs);
  }
}

async function send(request: Buffer): Promise<void> {
  const socket = await open();
  socket.write(request);
  const answered = once(socket, "data") as Promise<[Buffer]>; // As Node documents it.
  const closed = once(socket, "close").then(() => undefined);
  const answer = await Promise.race([answered, closed, delay(patienceMs, undefined, { ref: false })]);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer?.[0].toString("latin1") ?? "")?.[1] ?? "none";
  answers[status] = (answers[status] ?? 0) + 1;
  socket.destroy();
}

async function linger(): Promise<void> {
  while (!isOver) {
    const socket = await open().catch(() => undefined);
    socket?.write(slowStart);
    for (let header = 0; socket && !socket.destroyed; header++) {
      socket.write(`x-${header}: y\r\n`);
      await delay(500);
    }
    await delay(pauseMs);
    socket?.destroy();
  }
}

async function flood(): Promise<void> {
  while (!isOver) {
    const sockets = await Promise.all(Array.from({ length: flooded }, () => open().catch(() => undefined)));
    await delay(floodEveryMs);
    for (const socket of sockets) socket?.destroy();
  }
}

for (let index = 0; index < slowConnections; index++) void linger();
for (let index = 0; index < senders; index++) void abuse(index * senders);
void flood();
process.send?.({ ready: true, url: href });
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => {
  isOver = true;
  process.stdout.write(`${JSON.stringify(answers)}\n`, () => process.exit(0));
});
