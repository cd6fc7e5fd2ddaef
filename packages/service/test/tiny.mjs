// A process of ours, as small as can be; its first argument says how it misbehaves.
import { createServer } from "node:http";
import { once } from "node:events";
import { z } from "zod";
import { commonVariables, readEnvironment, redisPlace, run } from "../dist/index.js";

const manner = process.argv[2];

await run({
  name: "tiny",
  read() {
    const variables = readEnvironment(z.object(commonVariables), process.env);
    return {
      graceMs: variables.SHUTDOWN_GRACE_SECONDS * 100,
      watchdogSeconds: variables.WATCHDOG_SECONDS,
      log: { level: variables.LOG_LEVEL },
      redis: redisPlace(variables.REDIS_URL),
    };
  },
  async start() {
    if (manner === "cannot-start") throw new Error("Port 1 is taken. Set TINY_PORT to a free one.");
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    if (manner === "crashes") setTimeout(() => Promise.reject(new Error("nobody catches me")), 10);
    if (manner === "hangs") setTimeout(hang, 10);
    return {
      url: `http://127.0.0.1:${server.address().port}`,
      async stop() {
        if (manner === "never-stops") await new Promise(() => undefined);
        if (manner === "cannot-stop") throw new Error("it is stuck");
        if (manner !== "lingers") server.close();
      },
    };
  },
});

function hang() {
  for (;;);
}
