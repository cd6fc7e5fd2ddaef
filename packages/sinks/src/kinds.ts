import type { Dependencies, Kind, Sink } from "./sink.ts";
import { console } from "./sinks/console.ts";
import { discord } from "./sinks/discord.ts";
import { email } from "./sinks/email.ts";
import { exec } from "./sinks/exec.ts";
import { file } from "./sinks/file.ts";
import { googleChat } from "./sinks/google-chat.ts";
import { gotify } from "./sinks/gotify.ts";
import { mattermost } from "./sinks/mattermost.ts";
import { ntfy } from "./sinks/ntfy.ts";
import { opsgenie } from "./sinks/opsgenie.ts";
import { pagerduty } from "./sinks/pagerduty.ts";
import { redisStream } from "./sinks/redis-stream.ts";
import { rocketchat } from "./sinks/rocketchat.ts";
import { slack } from "./sinks/slack.ts";
import { teams } from "./sinks/teams.ts";
import { telegram } from "./sinks/telegram.ts";
import { webhook } from "./sinks/webhook.ts";

/** Every kind of sink, by the name that a configuration gives it. */
export const kinds = {
  console,
  discord,
  email,
  exec,
  file,
  "google-chat": googleChat,
  gotify,
  mattermost,
  ntfy,
  opsgenie,
  pagerduty,
  "redis-stream": redisStream,
  rocketchat,
  slack,
  teams,
  telegram,
  webhook,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** A sink by its kind and its options as they are written. Throws ZodError when these are not that kind's. */
export function createSink(name: KindName, options: unknown, dependencies: Dependencies): Sink {
  const kind: Kind = kinds[name];
  return kind.create(kind.options.parse(options), dependencies);
}
