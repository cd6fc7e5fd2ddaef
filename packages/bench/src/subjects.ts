import type { Subject } from "./subject.ts";
import { poll } from "./subjects/poll.ts";
import { providers } from "./subjects/providers.ts";

/** Everything that can be measured, in the order in which the report tells it. */
export const subjects: readonly Subject[] = [poll, providers];
