import { type ReactNode, useEffect } from "react";
import { useLive } from "../board.tsx";

/** The page's one `h1`, which also names the tab. */
export function Heading({ title, children = title }: { title: string; children?: ReactNode }) {
  const isLost = useLive().connection === "lost";
  useEffect(() => {
    document.title = `${isLost ? "Not live: " : ""}${title} · Statuswire`;
  }, [title, isLost]);
  return <h1 tabIndex={-1}>{children}</h1>;
}
