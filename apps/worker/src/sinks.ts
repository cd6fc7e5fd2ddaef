import type { ConfiguredSink } from "@statuswire/config";
import { consoleSink, type Dependencies as World, redisMemory, type Sink } from "@statuswire/sinks";
import { consoleName, type Destination, type Event } from "@statuswire/status";
import type { Redis } from "ioredis";
import { createOutput } from "./output.ts";

interface Dependencies extends Pick<World, "post" | "now" | "pageOf"> {
  redis: Redis;
  /** How the console prints, where the configuration does not say. */
  console: { format: "line" | "json" };
}

/** How a sink is told. */
export type Traits = Pick<ConfiguredSink, "audience" | "patience" | "order">;

/** The sinks of the configuration in force, by name. The console is always among them. */
export interface Sinks {
  get(name: string): Sink | undefined;
  /** Prints on the console: undefined when that is done at once, or a promise of it. What throws or rejects was not printed. */
  print(event: Event): Promise<void> | undefined;
  /** All of them, as rules see them. */
  destinations(): readonly Destination[];
  /** How a sink is told. Of one that is no more, as of a program. */
  traitsOf(name: string): Traits;
  /** From now on it is these; those before end what they keep open. */
  become(configured: readonly ConfiguredSink[]): void;
  close(): Promise<void>;
}

/** The console alone, until a configuration comes into force. */
export function openSinks({ redis, console, ...world }: Dependencies): Sinks {
  const write = createOutput(process.stdout);
  let current = create([]);
  let traits = traitsOfAll([]);

  function create(configured: readonly ConfiguredSink[]): ReadonlyMap<string, Sink> {
    const usual: [string, Sink] = [consoleName, consoleSink({ ...console, ...world, write })];
    return new Map([usual, ...configured.map((sink): [string, Sink] => [sink.name, open(sink)])]);
  }

  function open({ name, create }: ConfiguredSink): Sink {
    return create({ ...world, name, write, memory: redisMemory(redis, name) });
  }

  return {
    get: (name) => current.get(name),
    print(event) {
      const own = current.get(consoleName);
      if (!own?.print) throw new Error("The console does not print at once.");
      return own.print(event);
    },
    destinations: () => [...traits].map(([name, { audience }]) => ({ name, audience })),
    traitsOf: (name) => traits.get(name) ?? usual,
    become(configured) {
      const before = current;
      current = create(configured);
      traits = traitsOfAll(configured);
      // What is in hand of the old ones may fail, and is then tried again with the new.
      void closeAll(before);
    },
    close: () => closeAll(current),
  };
}

const usual: Traits = { audience: "program", patience: "day", order: "all" };

function traitsOfAll(configured: readonly ConfiguredSink[]): ReadonlyMap<string, Traits> {
  return new Map<string, Traits>([[consoleName, usual], ...configured.map((sink) => [sink.name, sink] as const)]);
}

async function closeAll(sinks: ReadonlyMap<string, Sink>): Promise<void> {
  await Promise.allSettled([...sinks.values()].map(async (sink) => sink.close?.()));
}
