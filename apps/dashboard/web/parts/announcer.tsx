import { useEffect, useRef, useState } from "react";
import { useLive } from "../board.tsx";
import { counted } from "../words.ts";

const everyMs = 10_000;

/** The page's one voice for screen readers: what has happened, at most once in ten seconds. */
export function Announcer() {
  const { events } = useLive();
  const [said, setSaid] = useState("");
  const heard = useRef(events[0]?.seq);
  const latest = useRef(events);
  latest.current = events;

  useEffect(() => {
    const timer = setInterval(() => {
      const at = latest.current.findIndex(({ seq }) => seq === heard.current);
      const fresh = latest.current.slice(0, at < 0 ? undefined : at).filter(({ initial }) => !initial);
      heard.current = latest.current[0]?.seq;
      const [newest, ...others] = fresh;
      if (!newest) return;
      const more = others.length ? ` And ${counted(others.length, "other event")}.` : "";
      setSaid(`${newest.product}: ${newest.status}${more}`);
    }, everyMs);
    return () => clearInterval(timer);
  }, []);

  return (
    <p className="hidden" aria-live="polite">
      {said}
    </p>
  );
}
