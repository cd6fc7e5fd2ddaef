// Starts an embedded Redis in a process of its own, for the tests to end that process in every way. Prints what it got.
import { startEmbeddedRedis } from "../dist/index.js";

const redis = await startEmbeddedRedis({ dataDir: process.argv[2], env: process.env, report: () => undefined });
process.on("SIGINT", () => process.stdout.write("interrupted\n"));
process.on("SIGTERM", () => void redis.stop());
process.stdout.write(
  `${JSON.stringify({ pid: redis.pid, attached: redis.attached, socketPath: redis.socketPath })}\n`,
);
