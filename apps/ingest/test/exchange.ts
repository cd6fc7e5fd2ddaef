import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Sends bytes to a server and gives back all that it answers until it closes the connection. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const socket = await open(url);
  socket.write(bytes);
  return answerOn(socket, () => false);
}

/** Sends bytes to a server and gives back its first whole answer, without waiting for it to have read them all. */
export async function firstAnswer(url: string, bytes: string): Promise<string> {
  const socket = await open(url);
  socket.write(bytes);
  const answer = await answerOn(socket, isWhole);
  socket.destroy();
  return answer;
}

/** A bare connection to a server. It may be reset by one that has had enough. */
export async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.on("error", () => undefined);
  return socket;
}

/** What a server says on a connection, until that is enough or the connection ends. */
export function answerOn(socket: Socket, isEnough: (answer: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (isEnough(answer)) resolve(answer);
    });
    socket.once("close", () => resolve(answer));
  });
}

/** The status codes in what a server answered. */
export function statusesIn(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}

function isWhole(answer: string): boolean {
  const [head = "", body] = answer.split("\r\n\r\n");
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  return body !== undefined && body.length >= length;
}
