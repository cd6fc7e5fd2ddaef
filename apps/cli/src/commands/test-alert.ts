import { randomUUID } from "node:crypto";
import { type Config, type ConfiguredSink, loadConfig } from "@statuswire/config";
import { createOutbound } from "@statuswire/outbound";
import type { Memory } from "@statuswire/sinks";
import type { Event } from "@statuswire/status";
import { Command } from "commander";
import { sinkNamed } from "../named-sink.ts";
import type { Environment } from "../redis.ts";
import { print } from "../terminal.ts";

/** `statuswire test-alert`: whether a sink gets what it is sent. */
export function testAlertCommand(env: Environment): Command {
  return new Command("test-alert")
    .description("Send a marked test event to a sink, past the queue, and show what became of it.")
    .argument("<sink>", "its name in the configuration")
    .action((name: string) => testAlert(name, env));
}

async function testAlert(name: string, env: Environment): Promise<void> {
  const { config } = await loadConfig({ env });
  const sink = sinkNamed(name, config, env);
  const started = performance.now();
  await send(sink, config);
  print(`✓ ${name} (${sink.kind}) took the test event in ${Math.round(performance.now() - started)} ms.`);
}

async function send({ name, audience, create }: ConfiguredSink, config: Config): Promise<void> {
  const outbound = createOutbound(config.outbound);
  const now = () => new Date();
  const write = (text: string) => void process.stdout.write(text);
  const sink = create({
    name,
    post: outbound.post,
    now,
    write,
    memory: freshMemory(),
    pageOf: () => config.publicUrl,
  });
  try {
    const event = testEvent(now());
    await sink.deliver(event);
    // What pages somebody would go on until somebody closed it.
    if (audience === "pager") await sink.deliver(over(event));
  } finally {
    await sink.close?.();
    outbound.close();
  }
}

// A message of its own: nothing that the sink was told before is edited, or kept from being told.
function freshMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
  };
}

function testEvent(now: Date): Event {
  const [id, timestamp] = [randomUUID(), now.toISOString()];
  const status = "This is a test, sent with the command test-alert. Nothing is wrong.";
  return {
    id: `evt_test_${id}`,
    seq: `${now.getTime()}-0`,
    type: "incident.opened",
    provider: "statuswire-test",
    product: "Statuswire test",
    status,
    timestamp,
    observedAt: timestamp,
    via: "poll",
    initial: false,
    inferred: false,
    incident: {
      id: `test-${id}`,
      title: "Test alert",
      status: "investigating",
      impact: "minor",
      startedAt: timestamp,
      updatedAt: timestamp,
      components: [],
      updates: [{ id: "1", status: "investigating", body: status, at: timestamp }],
    },
  };
}

function over(event: Event): Event {
  const { incident } = event;
  if (!incident) return event;
  const resolved = { ...incident, status: "resolved", resolvedAt: event.timestamp } as const;
  return { ...event, id: `${event.id}_over`, type: "incident.resolved", incident: resolved };
}
