import type { EventView, IncidentView } from "./views.ts";

type Update = IncidentView["updates"][number];

/** One wording of an update, and when we first saw it. */
export interface Telling {
  text: string;
  seenAt: string;
}

/** How an update was worded, one telling for each wording, oldest first, as far as the log goes; `events` are the affair's. */
export function tellingsOf(update: Pick<Update, "id" | "at">, events: readonly EventView[]): Telling[] {
  const tellings: (Telling & { plain: string })[] = [];
  for (const { incident, maintenance, timestamp, status, observedAt: seenAt } of events) {
    const said = (incident ?? maintenance)?.updates.find(({ id }) => id === update.id);
    if (!said) continue;
    const plain = withoutMarkup(said.body);
    if (plain === tellings.at(-1)?.plain) continue;
    tellings.push({ plain, seenAt, text: timestamp === update.at ? status : plain });
  }
  return tellings.map(({ text, seenAt }) => ({ text, seenAt }));
}

// A push may carry as HTML what a poll says plainly; that is no edit.
function withoutMarkup(body: string): string {
  return body
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
