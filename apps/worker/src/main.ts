import { run } from "@statuswire/service";
import { readConfig } from "./config.ts";
import { startWorker } from "./service.ts";

await run({ name: "worker", read: () => readConfig(process.env), start: startWorker });
