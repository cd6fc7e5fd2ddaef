import { useNow } from "../board.tsx";
import { absolute, relative, stamp, utc } from "../words.ts";

/** How long ago or how far ahead a time is, with the time itself at hand. */
export function Moment({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={`${absolute(at)} · ${utc(at)}`}>
      {relative(at, now)}
    </time>
  );
}

/** A time in full where the reader is, with the common one at hand. */
export function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {absolute(at)}
    </time>
  );
}

/** The same as event lines write it. */
export function Stamp({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {stamp(at)}
    </time>
  );
}
