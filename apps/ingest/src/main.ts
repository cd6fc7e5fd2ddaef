import { run } from "@statuswire/service";
import { readConfig } from "./config.ts";
import { startIngest } from "./service.ts";

await run({ name: "ingest", read: () => readConfig(process.env), start: startIngest });
