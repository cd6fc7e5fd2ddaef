import type { Asked, PagesOptions, Question } from "./processes/pages.ts";
import { ownProgram } from "./program.ts";
import type { Stage } from "./stage.ts";

/** Simulated status pages in a process of their own. */
export interface Pages {
  /** Where each lives. */
  addresses: readonly string[];
  asked(): Promise<Asked>;
}

/** Serves Statuspage pages, each on a port of its own. */
export async function servePages(stage: Stage, options: PagesOptions): Promise<Pages> {
  const { ask } = await stage.run({ script: ownProgram("pages"), args: [JSON.stringify(options)] });
  const put = (question: Question) => ask(question);
  return {
    addresses: (await put({ addresses: true })) as string[],
    asked: async () => (await put({ asked: true })) as Asked,
  };
}

interface Watching {
  count: number;
  addresses: readonly string[];
  everySeconds: number;
}

/** A configuration that watches so many providers; where there are more than pages, they share them. */
export function watching({ count, addresses, everySeconds }: Watching): object {
  const providers = Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    page: addresses[index % addresses.length],
    format: "statuspage",
    every: everySeconds,
  }));
  return { providers, outbound: { allowPrivate: true } };
}
