import { useState } from "react";
import type { ComponentView } from "../views.ts";
import { counted } from "../words.ts";
import { Moment } from "./moment.tsx";
import { StateIcon, StateMark } from "./state-mark.tsx";

const fewEnough = 10;

/** A page's components by group, the worst first. Many of them can be searched. */
export function ComponentGroups({ components }: { components: readonly ComponentView[] }) {
  const [q, setQ] = useState("");
  if (!components.length) return <p className="quiet">This page names no components.</p>;
  const found = components.filter(({ name, group = "" }) =>
    `${group} ${name}`.toLowerCase().includes(q.toLowerCase()),
  );
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
          <Group key={group} name={group} members={members} isOpen={q !== "" || found.length <= fewEnough} />
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

function Group({ name, members, isOpen }: { name: string; members: readonly ComponentView[]; isOpen: boolean }) {
  const [worst] = members;
  const isCalm = worst?.status === "operational";
  if (!name) return <Members members={members} />;
  return (
    <details className="group" open={isOpen || !isCalm}>
      <summary>
        {worst ? <StateIcon state={worst.status} /> : null}
        <span className="grow strong">{name}</span>
        <span className="quiet">{counted(members.length, "component")}</span>
      </summary>
      <Members members={members} />
    </details>
  );
}

function Members({ members }: { members: readonly ComponentView[] }) {
  return (
    <ul className="lines">
      {members.map(({ id, name, status, rawStatus, updatedAt }) => (
        <li key={id}>
          <span className="grow">{name}</span>
          {status === "operational" ? null : (
            <span className="quiet">
              <Moment at={updatedAt} />
            </span>
          )}
          {rawStatus ? <StateMark state={status} word={rawStatus} /> : <StateMark state={status} />}
        </li>
      ))}
    </ul>
  );
}
