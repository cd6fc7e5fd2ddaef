import { connect, type Socket } from "node:net";
import { createHearing, type Lags } from "../hearing.ts";

/** What the watchers can be asked: to be so many, to forget what they have heard, how many messages that was, and how late. */
export type Question = { hold: number } | { forget: true } | { messages: true } | { lags: true };
export type Answer = number | Lags;

// Watchers of a live stream on bare sockets, in a process of their own: Node's HTTP client would weigh more than what is measured.
const { hostname, port, host, pathname } = new URL(process.argv[2] ?? "");
const request = `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\n\r\n`;
const abreast = 64;
const sockets = new Set<Socket>();
const hearing = createHearing();

process.on("message", (question: Question) => {
  void answer(question).then((said) => process.send?.(said));
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

async function answer(question: Question): Promise<Answer> {
  if ("hold" in question) await hold(question.hold);
  if ("forget" in question) hearing.forget();
  if ("lags" in question) return hearing.lags();
  return "hold" in question ? sockets.size : hearing.messages();
}

async function hold(count: number): Promise<void> {
  let missing = count - sockets.size;
  const openMore = async () => {
    while (missing-- > 0) await watch();
  };
  await Promise.all(Array.from({ length: abreast }, openMore));
}

/** Resolves once the stream has begun, or is refused. */
function watch(): Promise<void> {
  return new Promise((resolve) => {
    const hear = hearing.watcher();
    const socket = connect(Number(port), hostname, () => void socket.write(request));
    socket.once("data", (head) => {
      if (head.toString("latin1").startsWith("HTTP/1.1 200 ")) sockets.add(socket);
      else socket.destroy();
      resolve();
    });
    socket.on("data", (bytes) => hear(bytes.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      resolve();
    });
  });
}
