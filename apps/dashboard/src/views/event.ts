import { Event, line } from "@statuswire/status";
import { z } from "zod";

/** An event with its canonical two lines, byte for byte what the console prints. */
export const EventView = Event.extend({ line: z.string().describe("The two lines that the console prints.") });
export type EventView = z.infer<typeof EventView>;

/** An event as the API shows it. */
export function eventView(event: Event): EventView {
  return { ...event, line: line(event) };
}
