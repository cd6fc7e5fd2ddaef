const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  ["d", day],
  ["h", hour],
  ["m", minute],
  ["s", second],
] as const;

/** Milliseconds in at most two units: `45s`, `1m 41s`, `2h 5m`, `3d`. */
export function duration(ms: number): string {
  const first = units.findIndex(([, size]) => ms >= size);
  if (first === -1) return "0s";
  let rest = ms;
  return units
    .slice(first, first + 2)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count ? `${count}${unit}` : "";
    })
    .filter(Boolean)
    .join(" ");
}

/** How long from one ISO time to another, if it is a whole minute at least: ` (38m)`. */
export function inBrackets(from: string, until: string): string {
  const ms = Date.parse(until) - Date.parse(from);
  return ms >= minute ? ` (${duration(ms - (ms % minute))})` : "";
}

/** An ISO time in UTC as seen from another: `14:32 UTC`, `3 Nov 14:32 UTC`, `3 Nov 2025 14:32 UTC`. */
export function clock(time: string, seenFrom: string): string {
  return `${moment(time, seenFrom)} UTC`;
}

/** Two ISO times in UTC: `14:32–15:10 UTC`, `2 Nov 23:50 – 3 Nov 00:20 UTC`. */
export function span(from: string, until: string, seenFrom: string): string {
  if (from.slice(0, 10) === until.slice(0, 10)) return `${moment(from, seenFrom)}–${until.slice(11, 16)} UTC`;
  return `${moment(from, seenFrom)} – ${moment(until, seenFrom)} UTC`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function moment(time: string, seenFrom: string): string {
  const clockTime = time.slice(11, 16);
  if (time.slice(0, 10) === seenFrom.slice(0, 10)) return clockTime;
  const date = `${Number(time.slice(8, 10))} ${months[Number(time.slice(5, 7)) - 1]}`;
  return time.slice(0, 4) === seenFrom.slice(0, 4)
    ? `${date} ${clockTime}`
    : `${date} ${time.slice(0, 4)} ${clockTime}`;
}
