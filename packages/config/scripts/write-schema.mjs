// Puts the JSON Schema of statuswire.yaml where editors can be pointed at it. Part of the build, so never out of step.
import { writeFileSync } from "node:fs";
import { configJsonSchema } from "../dist/file.js";

const schema = `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
writeFileSync(new URL("../dist/statuswire.schema.json", import.meta.url), schema);
