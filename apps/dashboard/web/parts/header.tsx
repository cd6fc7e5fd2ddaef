import { useEffect } from "react";
import { networkNotice } from "../../src/views/headline.ts";
import { useAnswer, useLive, useNow, useVisitor } from "../board.tsx";
import { Link, usePlace } from "../routing.tsx";
import type { NetworkView } from "../views.ts";
import { absolute, utc } from "../words.ts";
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

/** Once the connection is lost: says from when the data is, and takes the colour out of it. */
export function OfflineNotice() {
  const { lostAt } = useLive();
  const isLost = lostAt !== undefined;
  useEffect(() => {
    document.documentElement.toggleAttribute("data-lost", isLost);
  }, [isLost]);
  if (!isLost) return null;
  return (
    <p className="notice lost-contact" role="status">
      This dashboard lost contact with the server. It last heard from it at{" "}
      <time dateTime={new Date(lostAt).toISOString()} title={utc(new Date(lostAt).toISOString())}>
        {absolute(lostAt)}
      </time>
      , and everything below is from then. It connects again by itself once the server answers.
    </p>
  );
}

/** Says so on every page while the network of Statuswire itself is down. */
export function NetworkNotice() {
  const { data: network } = useAnswer<NetworkView>("/api/v1/network");
  if (network?.lostAt === undefined) return null;
  return (
    <p className="notice" role="alert">
      {networkNotice(absolute(network.lostAt))}
    </p>
  );
}
