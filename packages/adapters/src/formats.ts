import type { Format } from "./format.ts";
import { statuspage } from "./formats/statuspage.ts";

/** Every format we know, by the name that a catalog or a configuration gives it. */
export const formats = {
  statuspage,
} satisfies Record<string, Format>;
