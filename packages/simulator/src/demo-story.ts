import type { Affects } from "./components.ts";
import { openIncident, resolveIncident, updateIncident } from "./incidents.ts";
import { completeMaintenance, scheduleMaintenance, startMaintenance } from "./maintenances.ts";
import type { Impact, IncidentStatus, Page } from "./world.ts";

/** One incident or maintenance from its beginning to its end. */
export interface Story {
  /** Our id of the page on which it happens. */
  page: string;
  beats: readonly Beat[];
}

/** One publication. */
export interface Beat {
  /** Seconds after the beat before; the first one's are counted from the story's beginning. */
  after: number;
  body: string;
  /** Publishes it; `id` is the vendor's, absent for the first beat and then what that one returned. */
  publish(page: Page, when: { at: Date; id: string | undefined }): { page: Page; id: string };
}

interface IncidentBeat {
  after: number;
  status: Exclude<IncidentStatus, "postmortem">;
  body: string;
  /** Needless when it is resolved: everything is operational again. */
  affects?: Affects;
  /** When it is worse than before. */
  impact?: Impact;
}

interface IncidentPlot {
  page: string;
  title: string;
  impact: Impact;
  beats: readonly IncidentBeat[];
}

export function incidentStory({ page: on, title, impact, beats }: IncidentPlot): Story {
  return {
    page: on,
    beats: beats.map(({ after, ...post }) => ({
      after,
      body: post.body,
      publish(page, { at, id }) {
        if (id === undefined) return newest(openIncident(page, { title, impact, ...post, at }), "incidents");
        if (post.status === "resolved") return { page: resolveIncident(page, id, { body: post.body, at }), id };
        return { page: updateIncident(page, id, { ...post, at }), id };
      },
    })),
  };
}

interface MaintenancePlot {
  page: string;
  title: string;
  components: readonly string[];
  /** What is said when it is scheduled, started, and completed. */
  bodies: { scheduled: string; started: string; completed: string };
  /** How long before it starts it is announced, and how long it takes. */
  seconds: { notice: number; work: number };
}

export function maintenanceStory({ page: on, title, components, bodies, seconds }: MaintenancePlot): Story {
  return {
    page: on,
    beats: [
      {
        after: 0,
        body: bodies.scheduled,
        publish(page, { at }) {
          const [from, until] = [later(at, seconds.notice), later(at, seconds.notice + seconds.work)];
          const announcement = { title, components, body: bodies.scheduled, from, until, at };
          return newest(scheduleMaintenance(page, announcement), "maintenances");
        },
      },
      next(seconds.notice, bodies.started, startMaintenance),
      next(seconds.work, bodies.completed, completeMaintenance),
    ],
  };
}

function next(after: number, body: string, move: typeof startMaintenance): Beat {
  return {
    after,
    body,
    publish(page, { at, id }) {
      if (id === undefined) throw new Error(`Nothing was announced before "${body}".`);
      return { page: move(page, id, { body, at }), id };
    },
  };
}

function newest(page: Page, kind: "incidents" | "maintenances"): { page: Page; id: string } {
  const id = page[kind].at(-1)?.id;
  if (id === undefined) throw new Error(`The page ${page.id} has no ${kind}.`);
  return { page, id };
}

function later(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}
