import type { Subject } from "./subject.ts";
import { ingest } from "./subjects/ingest.ts";
import { ingestAncestor } from "./subjects/ingest-ancestor.ts";
import { latency } from "./subjects/latency.ts";
import { memory } from "./subjects/memory.ts";
import { observe } from "./subjects/observe.ts";
import { poll } from "./subjects/poll.ts";
import { providers } from "./subjects/providers.ts";
import { scale } from "./subjects/scale.ts";
import { start } from "./subjects/start.ts";
import { stream } from "./subjects/stream.ts";
import { workers } from "./subjects/workers.ts";

/** Everything that can be measured, in the order in which the report tells it. */
export const subjects: readonly Subject[] = [
  ingest,
  ingestAncestor,
  observe,
  poll,
  providers,
  scale,
  workers,
  latency,
  stream,
  memory,
  start,
];
