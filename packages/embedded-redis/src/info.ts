import { connect } from "node:net";

/** What a server says of itself. */
export interface Info {
  pid: number;
  version: string;
  /** New at every start. */
  runId: string;
  /** Still reading its append-only file. */
  loading: boolean;
}

/** Asks the server at this socket who it is; undefined when nobody answers within a second. */
export function askInfo(socketPath: string): Promise<Info | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let reply = "";
    socket.setEncoding("utf8").setTimeout(1_000);
    socket.on("connect", () => socket.write("INFO\r\n"));
    socket.on("data", (part: string) => {
      reply += part;
      if (isComplete(reply)) socket.destroy();
    });
    socket.on("timeout", () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(readInfo(reply)));
  });
}

// A bulk string: $LENGTH, the text, and a line break after each.
function isComplete(reply: string): boolean {
  const header = /^\$(\d+)\r\n/.exec(reply);
  return header ? Buffer.byteLength(reply) >= header[0].length + Number(header[1]) + 2 : !reply.startsWith("$");
}

function readInfo(reply: string): Info | undefined {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, "m").exec(reply)?.[1];
  const [pid, runId, loading] = [field("process_id"), field("run_id"), field("loading")];
  // Valkey says in `redis_version` which Redis it is compatible with.
  const version = field("valkey_version") ?? field("redis_version");
  if (!pid || !runId || !loading || !version) return undefined;
  return { pid: Number(pid), runId, loading: loading !== "0", version };
}
