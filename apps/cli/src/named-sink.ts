import { nearest } from "@statuswire/catalog";
import { type Config, type ConfiguredSink, defaultConsole } from "@statuswire/config";
import { consoleName } from "@statuswire/status";
import type { Environment } from "./redis.ts";

/** The sink of that name: the console, or one of the configuration. Throws an error that says which there are. */
export function sinkNamed(name: string, { sinks }: Config, env: Environment): ConfiguredSink {
  const sink = sinks.find((candidate) => candidate.name === name);
  if (sink) return sink;
  if (name === consoleName) return defaultConsole(env["LOG_FORMAT"] === "json" ? "json" : "line");
  const names = [
    consoleName,
    ...sinks.map((candidate) => candidate.name).filter((other) => other !== consoleName),
  ];
  const meant = nearest(name, names);
  const help = meant === undefined ? `There are: ${names.join(", ")}.` : `Did you mean "${meant}"?`;
  throw new Error(`No sink is called "${name}". ${help}`);
}
