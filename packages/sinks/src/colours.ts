import type { Level } from "./condition.ts";

/** The dashboard's fills, as `#rrggbb`. Never the only sign: the icon and the word say the same. */
export const colours: Readonly<Record<Level, string>> = {
  calm: "#1a7f37",
  notice: "#1f6feb",
  minor: "#b06f00",
  major: "#d1571b",
  critical: "#cf222e",
};
