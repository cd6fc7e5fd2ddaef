import type { JsonPage } from "@statuswire/adapters";
import type { Routing, Selections } from "@statuswire/status";
import type { Proof } from "./proof.ts";
import { usualNoise } from "./usual-noise.ts";
import type { ConfiguredSink } from "./sinks.ts";

/** Someone to watch. */
export interface Provider {
  /** Lower case; also the name under `POST /webhooks/:provider`. */
  id: string;
  name: string;
  page: string;
  /** A name in the registry of `@statuswire/adapters`. */
  format: string;
  /** True when nobody said how the page talks: `format` is then only what to try first. */
  guessed: boolean;
  /** For the format `json`: which paths hold what. */
  json?: JsonPage;
  everySeconds: number;
  /** How its webhooks prove who sent them; absent when they need not. */
  verify?: Proof;
  selections: Selections;
  tags: readonly string[];
}

/** Hosts and address ranges beyond the public Internet that a request may reach; `true`: all of them. */
export type AllowPrivate = boolean | readonly string[];

/** What to watch, how, and whom to tell. Checked: everything in it can be relied on. */
export interface Config {
  providers: readonly Provider[];
  /** Where events go besides the console; one called `console` says how the console prints. */
  sinks: readonly ConfiguredSink[];
  /** What goes where, and which noise is kept from people. */
  routing: Pick<Routing, "rules" | "noise">;
  outbound: { allowPrivate: AllowPrivate };
  /** Where browsers open the dashboard, without a slash at its end. Undefined: messages do not link to it. */
  publicUrl: string | undefined;
  /** Whether webhooks that prove nothing are taken from anywhere. */
  insecure: boolean;
}

/** Seconds between two polls of a page, unless the configuration says otherwise. */
export function usualInterval(format: string): number {
  return format === "apple" ? 120 : 60;
}

const openai = {
  id: "openai",
  name: "OpenAI",
  page: "https://status.openai.com",
  format: "incidentio",
};
const discord = {
  id: "discord",
  name: "Discord",
  page: "https://discordstatus.com",
  format: "statuspage",
};
const apple = {
  id: "apple",
  name: "Apple",
  page: "https://www.apple.com/support/systemstatus",
  format: "apple",
};

/** What is watched when nobody has said anything. */
export const defaultConfig: Config = {
  providers: [openai, discord, apple].map((provider) => ({
    ...provider,
    guessed: false,
    everySeconds: usualInterval(provider.format),
    selections: {},
    tags: [],
  })),
  sinks: [],
  routing: { rules: undefined, noise: usualNoise },
  outbound: { allowPrivate: false },
  publicUrl: undefined,
  insecure: false,
};
