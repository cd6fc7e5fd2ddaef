import { type Event, isNewer, subjectOf } from "@statuswire/status";
import { z } from "zod";
import { levels } from "./condition.ts";
import { message, type Message } from "./message.ts";
import type { Dependencies } from "./sink.ts";
import { isLoud } from "./step.ts";

/** A place where one message per incident is kept up to date. */
export interface Room {
  /** Writes a new message and gives back what it is known by. */
  post(message: Message): Promise<string>;
  /** Changes a message; false when it is no longer there to be changed. */
  edit(id: string, message: Message): Promise<boolean>;
  /** Says in addition what an edit alone would not let people notice. */
  followUp(id: string, message: Message, how: { isLoud: boolean }): Promise<void>;
}

const Told = z.object({
  id: z.string(),
  seq: z.string(),
  level: z.enum(levels),
  word: z.string(),
  since: z.string().optional(),
});
type Told = z.infer<typeof Told>;

/**
 * Tells a room of an event: a new message when something begins, an edit of that message afterwards. What is not newer
 * than what was told already, a repeat for one, is left unsaid.
 */
export async function converse(room: Room, event: Event, { memory, pageOf }: Dependencies): Promise<void> {
  const subject = subjectOf(event);
  const before = read(await memory.get(subject));
  if (before && !isNewer(event.seq, before.seq)) return;

  const news = message(event, { before, page: pageOf?.(event) });
  const id = await tell(room, news, before);
  const { level, word, since } = news;
  await memory.set(subject, JSON.stringify({ id, seq: event.seq, level, word, since } satisfies Told));
}

/**
 * Tells a place where nothing can be edited: of what begins, gets worse, or ends. What only goes on is for where a message is
 * kept up to date; here it would be one more.
 */
export async function announce(
  post: (message: Message) => Promise<unknown>,
  event: Event,
  dependencies: Dependencies,
): Promise<void> {
  const room: Room = {
    post: (news) => post(news).then(() => ""),
    edit: async () => true,
    followUp: async (_id, news, { isLoud: deservesOne }) => {
      if (deservesOne) await post(news);
    },
  };
  return converse(room, event, dependencies);
}

async function tell(room: Room, news: Message, before: Told | undefined): Promise<string> {
  if (!before || news.step === "opened" || !(await room.edit(before.id, news))) return room.post(news);
  await room.followUp(before.id, news, { isLoud: isLoud(news.step) });
  return before.id;
}

function read(text: string | undefined): Told | undefined {
  return text === undefined ? undefined : Told.safeParse(JSON.parse(text)).data;
}
