import { type ConfiguredSink, loadConfig } from "@statuswire/config";
import type { Dependencies } from "@statuswire/sinks";
import { dashboardUrl, type Event } from "@statuswire/status";
import { Command } from "commander";
import { eventNamed } from "../named-event.ts";
import { sinkNamed } from "../named-sink.ts";
import { type Environment, withRedis } from "../redis.ts";
import { print } from "../terminal.ts";

/** `statuswire preview`: what a sink would be sent. */
export function previewCommand(env: Environment): Command {
  return new Command("preview")
    .description("Print the message that a sink would get of an event, without its secrets. Nothing is sent.")
    .argument("<sink>", "its name in the configuration")
    .option("--event <event>", "the event's seq or id, or 1 for the newest, 2 for the one before …", "1")
    .action(async (name: string, { event }: { event: string }) => {
      const { config } = await loadConfig({ env });
      const sink = sinkNamed(name, config, env);
      const pageOf = (about: Event) => dashboardUrl(config.publicUrl, about);
      await withRedis(env, async (redis) => print(await previewOf(sink, await eventNamed(redis, event), pageOf)));
    });
}

/** What the sink would say, as text. */
async function previewOf(
  { name, create, redact }: ConfiguredSink,
  event: Event,
  pageOf: NonNullable<Dependencies["pageOf"]>,
): Promise<string> {
  const said: string[] = [];
  const post: Dependencies["post"] = async (url, { method = "POST", headers, body }) => {
    // Paths and headers may be secrets as a whole.
    said.push(`${method} ${url.origin}/…`, `content-type: ${headers["content-type"] ?? ""}`, "", pretty(body));
    return { status: 200, text: answer };
  };
  const memory = { get: () => Promise.resolve(undefined), set: () => Promise.resolve() };
  const write = (text: string) => void said.push(text.trimEnd());
  const sink = create({ name, post, now: () => new Date(event.observedAt), write, memory, pageOf });
  try {
    if (sink.preview) said.push(sink.preview(event));
    else await sink.deliver(event);
  } finally {
    await sink.close?.();
  }
  return redact(said.join("\n"));
}

// What every place says when it has taken a message: an id for those that ask for one.
const answer = JSON.stringify({ ok: true, id: "1", ts: "1", channel: "preview", result: { message_id: 1 } });

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
