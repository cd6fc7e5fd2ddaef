import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  apply,
  type Change,
  diff,
  isOver,
  type Known,
  line,
  readable,
  type Snapshot,
  stateOf,
} from "../src/index.ts";
import { incidents, snapshots, words } from "./anything.ts";
import { due, histories, told } from "./history.ts";
import { after, at, hear, push, replay } from "./page.ts";

const afterwards = { at: at(60), name: "acme" };

describe("whatever a page says", () => {
  test("saying it again is no news", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), snapshots(), (before, told) => {
        const once = apply(after(...before), told, afterwards);
        expect(diff(once, told, afterwards)).toEqual([]);
        expect(apply(once, told, afterwards)).toEqual(once);
      }),
    );
  });

  test("each change is itself and no other, as long as nothing is forgotten in between", () => {
    fc.assert(
      fc.property(fc.array(snapshots().map(withoutForgetting)), (said) => {
        const keys = replay(...said).changes.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)]);
      }),
    );
  });

  test("an incident opens once, ends and reopens in turn, and is over when it was last told so", () => {
    fc.assert(
      fc.property(fc.array(snapshots().map(listed)), (said) => {
        const { known, changes } = replay(...said);
        const incidents = [...known.incidents.values()];
        const open = "incident.opened( incident.resolved incident.reopened)*";
        incidents.forEach((one) => {
          const course = turns(one.id, changes).join(" ");
          expect(course).toMatch(new RegExp(`^${open}${isOver(one) ? " incident.resolved" : ""}$`));
        });
      }),
    );
  });

  test("what was known and what was said are left as they were", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), snapshots(), (before, told) => {
        const known = after(...before);
        const copies = structuredClone([known, told]);
        hear(known, told, 60);
        expect([known, told]).toEqual(copies);
      }),
    );
  });

  test("each change is two lines of words that show", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), (said) => {
        const lines = replay(...said).changes.map(line);
        expect(lines.filter((text) => !/^\[.{19}\] Product: \P{Cc}*\nStatus: \P{Cc}*$/u.test(text))).toEqual([]);
      }),
    );
  });

  test("its words are readable in one line", () => {
    fc.assert(fc.property(words(), (text) => expect(readable(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)));
  });
});

describe("two pushes about different things", () => {
  test("may come in either order", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), incidents(), incidents(), (before, one, other) => {
        const known = after(...before);
        const first = { told: push({ incidents: [{ ...one, id: "one" }] }), minute: 60 };
        const second = { told: push({ incidents: [{ ...other, id: "other" }] }), minute: 61 };
        expect(heard(known, [second, first])).toEqual(heard(known, [first, second]));
      }),
    );
  });
});

describe("a page's history", () => {
  test("gives each incident one opening, each update one change, each end and return its own", () => {
    fc.assert(
      fc.property(histories(), (steps) => expect(course(replay(...told(steps)).changes)).toEqual(due(steps))),
    );
  });

  test("gives no more when a page with a clock repeats older answers, whenever and as often as may be", () => {
    fc.assert(
      fc.property(histories(), fc.array(fc.nat()), (steps, echoes) => {
        const said = told(steps).map((snapshot, now) => ({
          ...snapshot,
          page: { name: "Acme", updatedAt: at(now) },
        }));
        const history = said.flatMap((snapshot, now) => [snapshot, ...echoesAt(now, { said, echoes })]);
        expect(course(replay(...history).changes)).toEqual(due(steps));
      }),
    );
  });

  test("gives no more when a page without one repeats an older answer now and then", () => {
    fc.assert(
      fc.property(histories(), fc.array(fc.nat()), (steps, echoes) => {
        const said = told(steps);
        const all = told(steps.map((step) => ({ ...step, by: "full" })));
        const history = said.flatMap((snapshot, now) => [
          snapshot,
          ...echoesAt(now, { said, echoes }).flatMap((echo) => [echo, all[now] ?? echo]),
        ]);
        expect(course(replay(...history).changes)).toEqual(due(steps));
      }),
    );
  });

  test("is not undone by any late answer", () => {
    fc.assert(
      fc.property(histories(), fc.nat(), (steps, which) => {
        const said = told(steps);
        const known = after(...said);
        const late = said[which % said.length] ?? push({});
        expect(diff(known, late, afterwards)).toEqual([]);
        expect(stateOf(apply(known, late, afterwards))).toBe(stateOf(known));
      }),
    );
  });
});

function echoesAt(
  now: number,
  { said, echoes }: { said: readonly Snapshot[]; echoes: readonly number[] },
): Snapshot[] {
  return echoes.filter((echo) => echo % said.length === now).flatMap((echo) => said[echo % (now + 1)] ?? []);
}

function course(changes: readonly Change[]): string[] {
  return changes.map((change) => `${change.type} ${(change.incident ?? change.component)?.id}`);
}

function turns(id: string, changes: readonly Change[]): string[] {
  const flips = ["incident.opened", "incident.resolved", "incident.reopened"];
  return changes
    .filter((change) => change.incident?.id === id && flips.includes(change.type))
    .map(({ type }) => type);
}

function heard(known: Known, said: readonly { told: Snapshot; minute: number }[]) {
  const changes: Change[] = [];
  for (const { told, minute } of said) {
    const step = hear(known, told, minute);
    changes.push(...step.changes);
    known = step.known;
  }
  return { known, changes: new Set(changes.map(({ key }) => key)) };
}

// A relayed notice may begin with its end.
function listed(snapshot: Snapshot): Snapshot {
  return { ...snapshot, incidents: snapshot.incidents.map((one) => ({ ...one, unlisted: false })) };
}

function withoutForgetting(snapshot: Snapshot): Snapshot {
  return { ...snapshot, coverage: { ...snapshot.coverage, components: "partial" } };
}
