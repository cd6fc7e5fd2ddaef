import { useLive, useNow, useVisitor } from "../board.tsx";
import { Link, usePlace } from "../routing.tsx";
import { absolute } from "../words.ts";
import { FailingSinksBadge } from "./failing-sinks.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

const pages = [
  { href: "/", name: "Now" },
  { href: "/events", name: "Events" },
  { href: "/deliveries", name: "Deliveries" },
  { href: "/add", name: "Add" },
];

const connections = { connecting: "Connecting …", live: "Live", lost: "Reconnecting …" };

/** Where one is, where one can go, and whether what is shown is live. */
export function Header() {
  const { path } = usePlace();
  const { connection } = useLive();
  return (
    <header className="top">
      <Link href="/" className="brand">
        <img src="/favicon.svg" alt="" width="22" height="22" />
        Statuswire
      </Link>
      <nav aria-label="Pages">
        {pages.map(({ href, name }) => (
          <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
            {name}
            {href === "/deliveries" && <FailingSinksBadge />}
          </Link>
        ))}
      </nav>
      <span className="connection" data-connection={connection}>
        <span className="dot" aria-hidden="true" />
        {connections[connection]}
      </span>
      <AsOf />
      <ThemeChoice />
      <LogOut />
    </header>
  );
}

function LogOut() {
  const { hasSession } = useVisitor();
  if (!hasSession) return null;
  return (
    <form method="post" action="/logout">
      <button type="submit">Log out</button>
    </form>
  );
}

/** On a wall: the time of what is shown. It stops when the connection is lost, so that a frozen wall looks frozen. */
function AsOf() {
  return <span className="as-of quiet">{absolute(useNow())}</span>;
}

/** Says from when the data is, once the connection is lost. */
export function OfflineNotice() {
  const { lostAt } = useLive();
  if (lostAt === undefined) return null;
  return (
    <p className="notice" role="status">
      This dashboard lost contact with the server at {absolute(lostAt)}. What it shows is from then; it goes on by
      itself once the server answers.
    </p>
  );
}
