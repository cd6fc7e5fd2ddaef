import { run } from "@statuswire/service";
import { readConfig } from "./config.ts";
import { startQuarantine } from "./quarantine.ts";

await run({ name: "quarantine", read: () => readConfig(process.env), start: startQuarantine });
