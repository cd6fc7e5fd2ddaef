import type { Scenario } from "../chaos/scenario.ts";
import { powerCut } from "./power-cut.ts";
import { redisAway } from "./redis-away.ts";

/** Every scenario, the gravest first. */
export const catalogue: readonly Scenario[] = [powerCut, redisAway];
