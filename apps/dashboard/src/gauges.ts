import { Gauge, type Registry } from "@statuswire/telemetry";

interface Series {
  labels: Readonly<Record<string, string>>;
  value: number;
}

interface Definition {
  name: string;
  help: string;
  labelNames: readonly string[];
  /** What it is now. */
  read(): Promise<readonly Series[]>;
}

/** Adds a gauge that is read anew for each scrape. */
export type Gauges = (definition: Definition) => void;

/** Gauges in a registry. */
export function gaugesIn(registry: Registry): Gauges {
  return ({ name, help, labelNames, read }) => {
    new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      async collect() {
        const all = await read();
        this.reset();
        for (const { labels, value } of all) this.set(labels, value);
      },
    });
  };
}
