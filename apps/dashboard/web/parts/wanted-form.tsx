import { useState } from "react";
import type { Wanted } from "../adding.ts";
import { SaveButtons } from "./save-buttons.tsx";

interface Component {
  name: string;
  group?: string;
}

interface Props {
  found: Wanted & { name: string };
  components: readonly Component[];
}

/** What was found, to be called something and to be watched in whole or in part. */
export function WantedForm({ found, components }: Props) {
  const [name, setName] = useState(found.name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (component: string) => {
    const next = new Set(chosen);
    if (!next.delete(component)) next.add(component);
    setChosen(next);
  };
  const groups = Map.groupBy(components, ({ group }) => group ?? "");
  const wanted = {
    ...found,
    name: name.trim() || found.name,
    ...(chosen.size ? { components: [...chosen] } : {}),
  };
  return (
    <div className="card wanted">
      <h3>
        {found.name} talks {found.format}
      </h3>
      <label>
        Name <input value={name} maxLength={80} onChange={({ target }) => setName(target.value)} />
      </label>
      {components.length ? (
        <fieldset>
          <legend>Components: {chosen.size ? `${chosen.size} of ${components.length}` : "all"}</legend>
          {[...groups].map(([group, members]) => (
            <div key={group} role={group ? "group" : undefined} aria-label={group || undefined}>
              {group ? <p className="strong">{group}</p> : null}
              {members.map((member, index) => (
                <label key={`${member.name} ${index}`} className="choice">
                  <input type="checkbox" checked={chosen.has(member.name)} onChange={() => toggle(member.name)} />
                  {member.name}
                </label>
              ))}
            </div>
          ))}
        </fieldset>
      ) : null}
      <SaveButtons wanted={wanted} name={wanted.name} />
    </div>
  );
}
