import { z } from "zod";
import type { Board, Watched } from "../board.ts";
import { type Histories as Counted, mostDays } from "../histories.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { scopedId } from "../views/affair.ts";
import { coverageMeans, HistoryView, method } from "../views/history.ts";

interface Dependencies {
  board: Board;
  histories: Counted;
}

const days = z.coerce.number().int().min(1).max(mostDays).default(90).describe("How many days, today included.");
const means = {
  timeZone: z.literal("UTC").describe("Whose days these are."),
  method: z.string().describe("How uptime is counted, in words."),
  coverageMeans: z.string().describe("What coverage is, in words."),
};
const meaning = { timeZone: "UTC", method, coverageMeans } as const;

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
  const named = async (watched: Watched, count: number) => ({
    ...{ id: watched.id, name: watched.name },
    ...(await histories.ofProvider(watched, count)),
  });

  async function componentHistories(watched: Watched, count: number): Promise<ProviderHistory["components"]> {
    const components = [...watched.known.components.values()];
    const counted = await Promise.all(
      components.map(async ({ id, name, group }) => ({
        ...{ id: scopedId(watched.id, id), name },
        ...(group === undefined ? {} : { group }),
        ...(await histories.ofComponent(watched, id, count)),
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
      asks: z.strictObject({ days, provider: z.string().optional() }),
      answers: Histories,
      async perform({ days: count, provider }) {
        const watched = (await board.all()).filter(({ id }) => provider === undefined || id === provider);
        return { ...meaning, providers: await Promise.all(watched.map((one) => named(one, count))) };
      },
    }),
    operation({
      path: "/api/v1/providers/:id/history",
      summary: "What past days were like for one provider and for each of its components.",
      asks: z.strictObject({ id: z.string(), days }),
      answers: ProviderHistory,
      mayBeMissing: true,
      async perform({ id, days: count }) {
        const watched = await board.everOne(id);
        if (!watched) throw missing("provider", id);
        return {
          ...(await named(watched, count)),
          ...meaning,
          isWatched: watched.isWatched,
          components: await componentHistories(watched, count),
        };
      },
    }),
  ];
}
