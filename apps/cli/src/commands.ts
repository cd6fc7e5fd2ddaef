import { adaptCommand } from "./commands/adapt.ts";
import { addCommand } from "./commands/add.ts";
import { checkCommand } from "./commands/check.ts";
import { deadLettersCommand } from "./commands/dead-letters.ts";
import { partitionsCommand } from "./commands/partitions.ts";
import { detectCommand } from "./commands/detect.ts";
import { eventsCommand } from "./commands/events.ts";
import { explainCommand } from "./commands/explain.ts";
import { formatsCommand } from "./commands/formats.ts";
import { listCommand } from "./commands/list.ts";
import { previewCommand } from "./commands/preview.ts";
import { removeCommand } from "./commands/remove.ts";
import { replayCommand } from "./commands/replay.ts";
import { routesCommand } from "./commands/routes.ts";
import { searchCommand } from "./commands/search.ts";
import { sinksCommand } from "./commands/sinks.ts";
import { statusCommand } from "./commands/status.ts";
import { testAlertCommand } from "./commands/test-alert.ts";
import { upCommand } from "./commands/up.ts";
import type { Groups } from "./program.ts";

/** Every command, in the order in which help lists them. */
export const commands: Groups = {
  "Look:": [statusCommand, eventsCommand, explainCommand],
  "Choose what to watch:": [searchCommand, addCommand, removeCommand, listCommand, detectCommand, checkCommand],
  "Choose who is told:": [routesCommand, sinksCommand, previewCommand, testAlertCommand],
  "Run and mend:": [upCommand, replayCommand, deadLettersCommand, partitionsCommand],
  "Understand formats:": [formatsCommand, adaptCommand],
};
