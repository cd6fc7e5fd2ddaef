import { useState } from "react";
import { percent, uptimeInWords } from "../days.ts";
import type { ComponentView, ProviderHistory, ProviderView } from "../views.ts";
import { counted } from "../words.ts";
import { DayBar } from "./day-bar.tsx";
import { Moment } from "./moment.tsx";
import { StateIcon, StateMark } from "./state-mark.tsx";

const fewEnough = 10;

type Histories = ReadonlyMap<string, ProviderHistory["components"][number]>;

interface Props {
  components: readonly ComponentView[];
  /** Why the page has not been read yet; undefined once it has. */
  neverRead: ProviderView["neverRead"];
  histories: ProviderHistory["components"];
}

/** A page's components by group, the worst first. Many of them can be searched. */
export function ComponentGroups({ components, neverRead, histories }: Props) {
  const [q, setQ] = useState("");
  if (!components.length && neverRead)
    return (
      <p className="quiet">The page has never been read, so its components are unknown: {neverRead.reason}.</p>
    );
  if (!components.length) return <p className="quiet">This page names no components.</p>;
  const found = components.filter(({ name, group = "" }) =>
    `${group} ${name}`.toLowerCase().includes(q.toLowerCase()),
  );
  const byId: Histories = new Map(histories.map((history) => [history.id, history]));
  return (
    <>
      {components.length > fewEnough ? (
        <input
          type="search"
          aria-label="Search components"
          placeholder="Search components"
          value={q}
          onChange={({ target }) => setQ(target.value)}
        />
      ) : null}
      <div className="components">
        {[...groupsOf(found)].map(([group, members]) => (
          <Group
            key={group}
            name={group}
            members={members}
            histories={byId}
            isOpen={q !== "" || found.length <= fewEnough}
          />
        ))}
      </div>
      {found.length ? null : <p>No component matches.</p>}
    </>
  );
}

// The components come worst first, so the groups do too; those in no group stand last.
function groupsOf(components: readonly ComponentView[]): Map<string, ComponentView[]> {
  const groups = Map.groupBy(components, ({ group = "" }) => group);
  const alone = groups.get("");
  if (alone && groups.delete("")) groups.set("", alone);
  return groups;
}

interface Grouped {
  members: readonly ComponentView[];
  histories: Histories;
}

function Group({ name, members, histories, isOpen }: Grouped & { name: string; isOpen: boolean }) {
  const [isShown, setShown] = useState(false);
  const [worst] = members;
  const isCalm = worst?.status === "operational";
  if (!name) return <Members members={members} histories={histories} />;
  return (
    <details
      className="group"
      open={isOpen || !isCalm}
      onToggle={({ currentTarget }) => setShown(currentTarget.open)}
    >
      <summary>
        {worst ? <StateIcon state={worst.status} /> : null}
        <span className="grow strong">{name}</span>
        <span className="quiet">{counted(members.length, "component")}</span>
      </summary>
      {isShown || isOpen || !isCalm ? <Members members={members} histories={histories} /> : null}
    </details>
  );
}

function Members({ members, histories }: Grouped) {
  return (
    <ul className="lines">
      {members.map(({ id, provider, name, status, rawStatus, updatedAt }) => (
        <li key={id}>
          <span className="grow">{name}</span>
          {status === "operational" ? null : (
            <span className="quiet">
              <Moment at={updatedAt} />
            </span>
          )}
          {rawStatus ? <StateMark state={status} word={rawStatus} /> : <StateMark state={status} />}
          <ComponentDays name={name} provider={provider} history={histories.get(id)} />
        </li>
      ))}
    </ul>
  );
}

interface DaysProps {
  name: string;
  provider: string;
  history: ProviderHistory["components"][number] | undefined;
}

function ComponentDays({ name, provider, history }: DaysProps) {
  if (!history) return null;
  return (
    <div className="component-days">
      <DayBar {...{ name, history, provider }} />
      <span className="quiet" title={uptimeInWords(history)}>
        {history.uptime === null ? "—" : `${percent(history.uptime)} uptime`}
      </span>
    </div>
  );
}
