import { describe, expect, test } from "@jest/globals";
import { isUnconfirmed, vanished } from "../src/index.ts";
import { after, at, component, hear, incident, maintenance, page, push, replay, types } from "./page.ts";

const open = page({ incidents: [incident("i", [[0, "investigating"]])] });
const gone = page({});

describe("an open incident the page no longer lists", () => {
  test("is left alone when one reading alone leaves it out", () => {
    expect(types(replay(gone, open, gone).changes)).toEqual(["incident.opened"]);
  });

  test("is asked for by name in the meantime", () => {
    const known = after(open, gone);
    expect([isUnconfirmed(known), vanished(known)]).toEqual([true, ["i"]]);
  });

  test("is over when a second full reading agrees, and we say that we inferred it", () => {
    const { known, changes } = hear(after(open, gone), gone, 9);
    expect(changes).toMatchObject([
      {
        type: "incident.resolved",
        status: "Resolved (no longer listed by the vendor)",
        timestamp: at(9),
        inferred: true,
        incident: { status: "resolved", resolvedAt: at(9) },
      },
    ]);
    expect([isUnconfirmed(known), vanished(known)]).toEqual([false, []]);
  });

  test("ends once", () => {
    expect(types(replay(open, gone, gone, gone, gone).changes)).toEqual(["incident.opened", "incident.resolved"]);
  });

  test("starts anew when it is listed in between", () => {
    expect(types(replay(open, gone, open, gone).changes)).toEqual(["incident.opened"]);
  });

  test("is left alone when webhooks merely spoke of something else", () => {
    expect(types(replay(open, push({}), push({}), push({})).changes)).toEqual(["incident.opened"]);
  });

  test("is left alone when what omits it was read earlier than what is known", () => {
    const known = hear(after(gone), push({ incidents: open.incidents }), 9).known;
    expect([5, 6, 7].flatMap((minute) => hear(known, gone, minute).known.incidents.get("i")?.absent)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("is left alone when the same reading is heard twice", () => {
    const once = hear(after(open), gone, 5);
    expect(hear(once.known, gone, 5).changes).toEqual([]);
  });

  test("never ends so if no page lists it", () => {
    const notice = push({ incidents: [incident("n", [[0, "investigating"]], { unlisted: true })] });
    expect(types(replay(gone, notice, gone, gone, gone).changes)).toEqual(["incident.opened"]);
  });
});

describe("an open incident that a page with a clock leaves out of a body without a date", () => {
  const dated = page({ page: { updatedAt: at(0) }, incidents: open.incidents });
  const known = after(dated, gone, gone, gone);

  test("is left alone for an hour, and looked for", () => {
    expect([known.incidents.get("i")?.status, isUnconfirmed(known)]).toEqual(["investigating", true]);
  });

  test("is over when that lasts", () => {
    const once = hear(known, gone, 70).known;
    expect(types(hear(once, gone, 71).changes)).toEqual(["incident.resolved"]);
  });
});

describe("a component in trouble that a body without a date calls well", () => {
  const broken = page({ page: { updatedAt: at(0) }, components: [component("api", "major_outage")] });
  const well = (updatedAt?: string) =>
    page({ components: [component("api", "operational", updatedAt === undefined ? {} : { updatedAt })] });

  test("is left alone, since the body may be an old one", () => {
    expect(hear(after(broken), well(), 5).changes).toEqual([]);
  });

  test("is well when the component itself says since when", () => {
    expect(types(hear(after(broken), well(at(4)), 5).changes)).toEqual(["component.changed"]);
  });
});

describe("an end that we inferred", () => {
  const ended = after(gone, open, gone, gone);

  test("is undone when the page lists the incident again, though the vendor has written nothing since", () => {
    const { known, changes } = hear(ended, open, 9);
    expect(changes).toMatchObject([
      { type: "incident.reopened", inferred: true, status: "Investigating (again listed by the vendor)" },
    ]);
    expect(known.incidents.get("i")).toMatchObject({ status: "investigating", resolvedAt: undefined });
  });

  test("is not undone by a webhook delivered once more", () => {
    expect(hear(ended, push({ incidents: open.incidents }), 9).changes).toEqual([]);
  });

  test("is not undone by a reading that was overtaken", () => {
    expect(hear(ended, open, 2).changes).toEqual([]);
  });

  test("is confirmed by the vendor's closing words, written before we inferred it but heard after", () => {
    const closing = incident("i", [
      [0, "investigating"],
      [2, "resolved"],
    ]);
    expect(hear(ended, push({ incidents: [closing] }), 9).changes).toMatchObject([
      { type: "incident.updated", status: "resolved at 2", inferred: false, incident: { status: "resolved" } },
    ]);
  });

  test("is confirmed by closing words of several updates, none of which reopens it", () => {
    const closing = incident("i", [
      [0, "investigating"],
      [1, "identified"],
      [2, "monitoring"],
      [3, "resolved"],
    ]);
    for (const told of [push({ incidents: [closing] }), page({ incidents: [closing] })])
      expect(hear(ended, told, 9).changes).toMatchObject([
        { type: "incident.updated", status: "identified at 1" },
        { type: "incident.updated", status: "monitoring at 2" },
        { type: "incident.updated", status: "resolved at 3", incident: { status: "resolved" } },
      ]);
  });

  test("is undone by what followed the closing words, whose own end is told", () => {
    const again = incident("i", [
      [0, "investigating"],
      [1, "resolved"],
      [2, "investigating"],
      [3, "resolved"],
      [4, "postmortem"],
    ]);
    expect(types(hear(ended, push({ incidents: [again] }), 9).changes)).toEqual([
      "incident.updated",
      "incident.reopened",
      "incident.resolved",
      "incident.postmortem",
    ]);
  });

  test("is not undone by words from before it that come late, which are told", () => {
    const late = incident("i", [
      [0, "investigating"],
      [1, "identified"],
      [2, "monitoring"],
    ]);
    const { known, changes } = hear(ended, push({ incidents: [late] }), 9);
    expect(changes).toMatchObject([
      { type: "incident.updated", status: "identified at 1" },
      { type: "incident.updated", status: "monitoring at 2" },
    ]);
    expect(known.incidents.get("i")?.status).toBe("resolved");
    expect(types(hear(known, gone, 10).changes)).toEqual([]);
  });

  test("is undone by words from after it, though the page has not been read since", () => {
    const again = incident("i", [
      [0, "investigating"],
      [8, "investigating"],
    ]);
    expect(types(hear(ended, push({ incidents: [again] }), 9).changes)).toEqual(["incident.reopened"]);
  });

  test("may come again, as a change of its own", () => {
    const { changes } = replay(gone, open, gone, gone, open, gone, gone);
    expect(types(changes).slice(1)).toEqual(["incident.resolved", "incident.reopened", "incident.resolved"]);
    expect(new Set(changes.map(({ key }) => key)).size).toBe(4);
  });
});

describe("a maintenance the page no longer lists", () => {
  const planned = (minute: number) =>
    page({ maintenances: [maintenance("m", [[0, "scheduled"]], { scheduledFor: at(minute) })] });

  test("was called off, if its time had not come", () => {
    expect(types(replay(planned(60), gone, gone).changes)).toContain("maintenance.cancelled");
  });

  test("is completed, if its time had come", () => {
    expect(types(replay(planned(1), gone, gone).changes)).toContain("maintenance.completed");
  });

  test("is told as the vendor then says, without starting again", () => {
    const called = replay(page({}), planned(60), gone, gone).known;
    const held = maintenance("m", [
      [0, "scheduled"],
      [1, "in_progress"],
      [2, "completed"],
    ]);
    expect(types(hear(called, push({ maintenances: [held] }), 9).changes)).toEqual([
      "maintenance.updated",
      "maintenance.completed",
    ]);
  });
});

describe("what is over", () => {
  const over = page({ incidents: [incident("i", [[0, "resolved"]])] });
  const days = (count: number) => count * 24 * 60;

  test("is remembered for longer than pages list it", () => {
    expect(hear(after(over), gone, days(80)).known.incidents.has("i")).toBe(true);
  });

  test("is forgotten in the end", () => {
    expect(hear(after(over), gone, days(91)).known.incidents.has("i")).toBe(false);
  });

  test("is not forgotten while the page still lists it", () => {
    const known = hear(after(over), over, days(80)).known;
    expect(hear(known, over, days(120)).known.incidents.has("i")).toBe(true);
  });
});

describe("a relayed notice that nothing ends", () => {
  test("fades after a week, and is no news", () => {
    const notice = push({ incidents: [incident("n", [[0, "investigating"]], { unlisted: true })] });
    const { known, changes } = hear(after(notice), gone, 8 * 24 * 60);
    expect([known.incidents.size, changes]).toEqual([0, []]);
  });
});
