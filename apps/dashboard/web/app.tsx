import { Announcer } from "./parts/announcer.tsx";
import { FailingSinksNotice } from "./parts/failing-sinks.tsx";
import { ConfigurationNotice } from "./parts/configuration-notice.tsx";
import { Header, NetworkNotice, OfflineNotice } from "./parts/header.tsx";
import { NoSuchPage } from "./parts/no-such-page.tsx";
import { AddPage } from "./pages/add.tsx";
import { DeliveriesPage } from "./pages/deliveries.tsx";
import { EventPage } from "./pages/event.tsx";
import { EventsPage } from "./pages/events.tsx";
import { IncidentPage, MaintenancePage } from "./pages/incident.tsx";
import { NowPage } from "./pages/now.tsx";
import { ProviderPage } from "./pages/provider.tsx";
import { Shortcuts } from "./parts/shortcuts.tsx";
import { usePlace } from "./routing.tsx";
import { timeZone } from "./words.ts";

/** The whole page. */
export function App() {
  const { path } = usePlace();
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header />
      <OfflineNotice />
      <NetworkNotice />
      <FailingSinksNotice />
      <ConfigurationNotice />
      <main id="main" tabIndex={-1} key={path}>
        <Page path={path} />
      </main>
      <footer className="quiet">
        <a href="/api/v1/docs">API</a> · <a href="/api/v1/events.atom">Atom</a> ·{" "}
        <a href="/api/v1/maintenances.ics">Calendar</a> · <a href="/metrics">Metrics</a> ·{" "}
        <a href="/?tv=1">For a wall</a> · <Shortcuts /> · Times are in {timeZone}; point at one to see it in UTC.
      </footer>
      <Announcer />
    </>
  );
}

function Page({ path }: { path: string }) {
  const [, section = "", rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const id = decoded(rest);
  if (section === "" && !rest) return <NowPage />;
  if (section === "events" && !rest) return <EventsPage />;
  if (section === "events") return <EventPage seq={id} />;
  if (section === "add" && !rest) return <AddPage />;
  if (section === "deliveries" && !rest) return <DeliveriesPage />;
  if (section === "providers" && id) return <ProviderPage id={id} />;
  if (section === "incidents" && id) return <IncidentPage id={id} />;
  if (section === "maintenances" && id) return <MaintenancePage id={id} />;
  return <NoSuchPage />;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
