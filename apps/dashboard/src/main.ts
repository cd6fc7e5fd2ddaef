import { run } from "@statuswire/service";
import { readConfig } from "./config.ts";
import { startDashboard } from "./service.ts";

await run({ name: "dashboard", read: () => readConfig(process.env), start: startDashboard });
