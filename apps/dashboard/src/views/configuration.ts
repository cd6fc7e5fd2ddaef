import type { ConfigError } from "@statuswire/config";
import { z } from "zod";

/** Whether statuswire.yaml, as it is now, is in force. */
export const ConfigurationView = z.object({
  isInForce: z.boolean().describe("false: the file has mistakes, and what it said before stays in force"),
  problems: z
    .array(z.object({ line: z.int(), column: z.int(), path: z.string(), message: z.string() }))
    .describe("Every mistake, by its place in the file"),
});
export type ConfigurationView = z.infer<typeof ConfigurationView>;

/** The view of a file that was rejected, or of one that is in force. */
export function configurationView(rejected: ConfigError | undefined): ConfigurationView {
  const problems = (rejected?.problems ?? []).map(({ line, column, path, message }) => ({
    line,
    column,
    path,
    message,
  }));
  return { isInForce: rejected === undefined, problems };
}
