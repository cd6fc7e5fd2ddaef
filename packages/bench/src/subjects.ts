import type { Subject } from "./subject.ts";
import { ingest } from "./subjects/ingest.ts";
import { poll } from "./subjects/poll.ts";
import { providers } from "./subjects/providers.ts";

/** Everything that can be measured, in the order in which the report tells it. */
export const subjects: readonly Subject[] = [ingest, poll, providers];
