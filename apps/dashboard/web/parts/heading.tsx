import { type ReactNode, useEffect } from "react";

/** The page's one `h1`, which also names the tab. */
export function Heading({ title, children = title }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Statuswire`;
  }, [title]);
  return <h1 tabIndex={-1}>{children}</h1>;
}
