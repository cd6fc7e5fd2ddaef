import { z } from "zod";
import type { Board, Watched } from "../board.ts";
import { type Histories as Counted, mostDays, type Wanted } from "../histories.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { scopedId } from "../views/affair.ts";
import { coverageMeans, HistoryView, method } from "../views/history.ts";

interface Dependencies {
  board: Board;
  histories: Counted;
}

const days = z.coerce.number().int().min(1).max(mostDays).default(90).describe("How many days, today included.");
const timeZone = z
  .string()
  .refine((name) => canonical(name) !== undefined, "This is no time zone. Write one such as Europe/Berlin.")
  .transform((name) => canonical(name) ?? name)
  .default("UTC")
  .describe("By whose clocks days begin and end: a time zone, such as Europe/Berlin.");
const means = {
  timeZone: z
    .string()
    .describe("By whose clocks days begin and end: what was asked for, by the zone's canonical name."),
  method: z.string().describe("How uptime is counted, in words."),
  coverageMeans: z.string().describe("What coverage is, in words."),
};
const meaning = { method, coverageMeans };

const NamedHistory = HistoryView.extend({ id: z.string(), name: z.string() });
const isWatched = z
  .boolean()
  .describe("Whether it is in the configuration. Of one that is not, this is what there is.");
const Histories = z.object({ ...means, providers: z.array(NamedHistory) });
export type Histories = z.infer<typeof Histories>;
export const ProviderHistory = NamedHistory.extend({
  ...means,
  isWatched,
  components: z
    .array(NamedHistory.extend({ group: z.string().optional() }))
    .describe("In order of group and name."),
});
export type ProviderHistory = z.infer<typeof ProviderHistory>;

/** `/api/v1/history`: what past days were like. */
export function histories({ board, histories }: Dependencies): Operation[] {
  const named = async (watched: Watched, wanted: Wanted) => ({
    ...{ id: watched.id, name: watched.name },
    ...(await histories.ofProvider(watched, wanted)),
  });

  async function componentHistories(watched: Watched, wanted: Wanted): Promise<ProviderHistory["components"]> {
    const components = [...watched.known.components.values()];
    const counted = await Promise.all(
      components.map(async ({ id, name, group }) => ({
        ...{ id: scopedId(watched.id, id), name },
        ...(group === undefined ? {} : { group }),
        ...(await histories.ofComponent(watched, id, wanted)),
      })),
    );
    return counted.sort(
      (one, other) => (one.group ?? "").localeCompare(other.group ?? "") || one.name.localeCompare(other.name),
    );
  }

  return [
    operation({
      path: "/api/v1/history",
      summary: "What past days were like for everyone who is watched.",
      asks: z.strictObject({ days, timeZone, provider: z.string().optional() }),
      answers: Histories,
      async perform({ provider, ...wanted }) {
        const watched = (await board.all()).filter(({ id }) => provider === undefined || id === provider);
        const providers = await Promise.all(watched.map((one) => named(one, wanted)));
        return { ...meaning, timeZone: wanted.timeZone, providers };
      },
    }),
    operation({
      path: "/api/v1/providers/:id/history",
      summary: "What past days were like for one provider and for each of its components.",
      asks: z.strictObject({ id: z.string(), days, timeZone }),
      answers: ProviderHistory,
      mayBeMissing: true,
      async perform({ id, ...wanted }) {
        const watched = await board.everOne(id);
        if (!watched) throw missing("provider", id);
        return {
          ...(await named(watched, wanted)),
          ...meaning,
          timeZone: wanted.timeZone,
          isWatched: watched.isWatched,
          components: await componentHistories(watched, wanted),
        };
      },
    }),
  ];
}

/** The one name of a time zone that may have several; undefined where there is no such zone. */
function canonical(name: string): string | undefined {
  // Newer Nodes take each offset, such as +05:31, for a zone.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
