#!/usr/bin/env node
import { failed } from "./failed.ts";
import { createProgram } from "./program.ts";

// `statuswire events | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

createProgram(process.env).parseAsync().catch(failed);
