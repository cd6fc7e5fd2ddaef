import { zoneMinutes } from "../dates.ts";
import { instant } from "../payload.ts";

/** Hours from UTC of the zones in which Apple writes for its countries, beside those of RFC 822. */
const zones = new Map(
  Object.entries({ JST: 9, KST: 9, HKT: 8, SGT: 8, AEST: 10, AEDT: 11, CET: 1, CEST: 2, BST: 1 }),
);

/** `04/26/2021 06:30 PDT` or `2019/10/12 04:22 JST` in UTC with milliseconds; undefined when it is written otherwise. */
export function appleTime(localized: string): string | undefined {
  const american = /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{4}) (?<clock>\d{2}:\d{2}) (?<zone>[A-Z]{2,5})$/;
  const yearFirst = /^(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2}) (?<clock>\d{2}:\d{2}) (?<zone>[A-Z]{2,5})$/;
  const {
    year,
    month,
    day,
    clock,
    zone = "",
  } = (american.exec(localized) ?? yearFirst.exec(localized))?.groups ?? {};
  // CST is Chicago's and China's.
  const hours = zones.get(zone) ?? (zone === "CST" ? Number.NaN : (zoneMinutes(zone) ?? Number.NaN) / 60);
  return instant(Date.parse(`${year}-${month}-${day}T${clock}:00Z`) - hours * 3_600_000);
}
