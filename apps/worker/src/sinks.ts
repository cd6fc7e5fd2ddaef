import type { ConfiguredSink } from "@statuswire/config";
import { consoleSink, type Dependencies as World, redisMemory, type Sink } from "@statuswire/sinks";
import { type Audience, consoleName, type Destination } from "@statuswire/status";
import type { Redis } from "ioredis";

interface Dependencies extends Pick<World, "post" | "now"> {
  redis: Redis;
  /** How the console prints, where the configuration does not say. */
  console: { format: "line" | "json" };
}

/** The sinks of the configuration in force, by name. The console is always among them. */
export interface Sinks {
  get(name: string): Sink | undefined;
  /** All of them, as rules see them. */
  destinations(): readonly Destination[];
  /** Who reads a sink; of one that is no more, a program. */
  audienceOf(name: string): Audience;
  /** From now on it is these; those before end what they keep open. */
  become(configured: readonly ConfiguredSink[]): void;
  close(): Promise<void>;
}

/** The console alone, until a configuration comes into force. */
export function openSinks({ redis, post, now, console }: Dependencies): Sinks {
  let current = create([]);
  let audiences = audiencesOf([]);

  function create(configured: readonly ConfiguredSink[]): ReadonlyMap<string, Sink> {
    const usual: [string, Sink] = [consoleName, consoleSink({ ...console, write })];
    return new Map([usual, ...configured.map((sink): [string, Sink] => [sink.name, open(sink)])]);
  }

  function open({ name, create }: ConfiguredSink): Sink {
    return create({ name, post, now, write, memory: redisMemory(redis, name) });
  }

  return {
    get: (name) => current.get(name),
    destinations: () => [...audiences].map(([name, audience]) => ({ name, audience })),
    audienceOf: (name) => audiences.get(name) ?? "program",
    become(configured) {
      const before = current;
      current = create(configured);
      audiences = audiencesOf(configured);
      // What is in hand of the old ones may fail, and is then tried again with the new.
      void closeAll(before);
    },
    close: () => closeAll(current),
  };
}

function audiencesOf(configured: readonly ConfiguredSink[]): ReadonlyMap<string, Audience> {
  const usual = [consoleName, "program"] as const;
  return new Map([usual, ...configured.map(({ name, audience }) => [name, audience] as const)]);
}

async function closeAll(sinks: ReadonlyMap<string, Sink>): Promise<void> {
  await Promise.allSettled([...sinks.values()].map((sink) => sink.close?.()));
}

function write(text: string): void {
  process.stdout.write(text);
}
