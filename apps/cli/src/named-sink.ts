import { nearest } from "@statuswire/catalog";
import type { Config, ConfiguredSink } from "@statuswire/config";

/** The sink that the configuration calls so. Throws an error that says which there are. */
export function sinkNamed(name: string, { sinks }: Config): ConfiguredSink {
  const sink = sinks.find((candidate) => candidate.name === name);
  if (sink) return sink;
  const names = sinks.map((candidate) => candidate.name);
  throw new Error(`No sink is called "${name}". ${helpWith(name, names)}`);
}

function helpWith(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return names.length ? `There are: ${names.join(", ")}.` : "Name some under sinks in statuswire.yaml.";
}
