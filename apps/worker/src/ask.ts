import { askOptions, type Poll, type Queues } from "@statuswire/queues";

/** Has a page asked about one incident that it no longer lists: its closing words stand nowhere else. */
export type Ask = (poll: Poll) => Promise<void>;

export function createAsk({ queues }: { queues: Queues }): Ask {
  return async function ask(poll) {
    await queues.of(poll.provider).polls.add(poll.provider, poll, askOptions);
  };
}
