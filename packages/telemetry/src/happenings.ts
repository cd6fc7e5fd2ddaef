type Level = "debug" | "info" | "warn" | "error";

interface Sentence {
  level: Level;
  sentence: string;
  /** Whether it can come thousands of times a minute, and is then told once per ten seconds: each error of it, or all as one. */
  repeats?: "each error" | "as one";
}

/** Names are dotted and past: the subject, then what became of it. */
const table = {
  "process.started": { level: "info", sentence: "Listening." },
  "process.stopping": { level: "info", sentence: "Stopping: no new work is taken." },
  "process.stopped": { level: "info", sentence: "Stopped cleanly." },
  "process.gave_up": { level: "error", sentence: "The grace period ran out before all work was done." },
  "process.hung": { level: "error", sentence: "The event loop has stood still for too long: the process ends." },
  "process.failed": { level: "error", sentence: "The process ends because of an error." },
  "child.restarted": { level: "warn", sentence: "A process ended unexpectedly and is started again." },
  "redis.failed": { level: "warn", sentence: "The embedded Redis could not be started; it is tried again." },
  "config.loaded": { level: "info", sentence: "Configuration in force." },
  "config.rejected": {
    level: "error",
    sentence: "The configuration has mistakes; the previous one stays in force.",
  },
  "redis.assumed": {
    level: "warn",
    sentence: "REDIS_URL is not set, so Redis is expected on this machine. Set REDIS_URL to where Redis is.",
  },
  "redis.lost": {
    level: "warn",
    sentence: "Redis is not answering; trying again until it does.",
    repeats: "as one",
  },
  "redis.back": { level: "info", sentence: "Redis answers again." },
  "redis.refused": {
    level: "error",
    sentence: "Redis refuses what it is asked; trying again until it does not.",
    repeats: "as one",
  },
  "redis.unreplicated": {
    level: "warn",
    sentence: "Fewer replicas than demanded have what came; it is refused until they do.",
    repeats: "each error",
  },
  "redis.risky": { level: "warn", sentence: "This Redis is not set up so that nothing can be lost." },
  "redis.unchecked": {
    level: "info",
    sentence: "This Redis does not say everything of itself; see docs/redis.md.",
  },
  "ingest.full": { level: "warn", sentence: "Ingest refuses webhooks with 503 until less is waiting." },
  "ingest.freed": { level: "info", sentence: "Ingest accepts webhooks again." },
  "webhook.refused": { level: "warn", sentence: "A webhook was refused.", repeats: "each error" },
  "request.failed": { level: "error", sentence: "A request failed.", repeats: "each error" },
  "stream.cut": {
    level: "info",
    sentence: "A live stream was cut: whoever watched it had left it unread for too long.",
    repeats: "each error",
  },
  "login.made": { level: "info", sentence: "Somebody logged in to the dashboard." },
  "login.refused": {
    level: "warn",
    sentence: "Somebody tried to log in to the dashboard in vain.",
    repeats: "each error",
  },
  "window.changed": { level: "info", sentence: "Something was changed through the dashboard." },
  "poll.failed": { level: "warn", sentence: "A page could not be read; it will be asked again." },
  "poll.recovered": { level: "info", sentence: "A page can be read again." },
  "poll.unchanged": { level: "debug", sentence: "A page has nothing new." },
  "poll.changed": { level: "debug", sentence: "A page has changed." },
  "page.baseline": { level: "info", sentence: "First look at a page: recorded, announced to nobody." },
  "network.lost": {
    level: "error",
    sentence: "Most hosts cannot be reached: our own network is down. Check the connection and the name server.",
  },
  "network.restored": { level: "info", sentence: "Hosts can be reached again." },
  "page.moved": { level: "warn", sentence: "A page talks another format now; it is followed." },
  "page.unrecognized": {
    level: "warn",
    sentence: "A page no longer answers in its shape, and in no other that is sure.",
  },
  "hint.followed": { level: "debug", sentence: "A webhook that proves nothing was a reason to ask the page." },
  "observation.cut": {
    level: "warn",
    sentence: "A page lists more than is taken of one page; what is beyond the limits is left out.",
  },
  "observation.recorded": { level: "debug", sentence: "An observation was recorded." },
  "log.trimmed": { level: "info", sentence: "Old events were forgotten." },
  "past.restored": { level: "info", sentence: "Histories that were missing were told again from the log." },
  "event.dispatched": { level: "debug", sentence: "An event is on its way to its sinks." },
  "event.unprinted": {
    level: "warn",
    sentence: "An event could not be printed. It and those behind it are queued, and tried again.",
  },
  "event.delivered": { level: "debug", sentence: "An event was delivered." },
  "event.overtaken": { level: "info", sentence: "An event was left out: its sink has been told of a newer one." },
  "event.unneeded": {
    level: "debug",
    sentence: "An event was left out: its sink has not been told what it goes on from.",
  },
  "sink.resting": {
    level: "warn",
    sentence: "A sink has failed again and again; it is tried once per half minute.",
  },
  "sink.recovered": { level: "info", sentence: "A sink takes events again." },
  "sink.failing": {
    level: "error",
    sentence: "Events do not arrive at a sink; see `npm run -s statuswire -- sinks`.",
    repeats: "each error",
  },
  "sink.disabled": {
    level: "error",
    sentence: "A sink is disabled: it gets no events until `npm run -s statuswire -- sinks enable NAME`.",
  },
  "job.retried": { level: "warn", sentence: "A job failed and will be tried again.", repeats: "each error" },
  "job.isolated": {
    level: "warn",
    sentence: "A process did not survive a job: it goes on in quarantine.",
    repeats: "each error",
  },
  "partition.taken": { level: "info", sentence: "This worker works for a partition now." },
  "partition.released": { level: "info", sentence: "This worker has given a partition back." },
  "partition.lost": { level: "warn", sentence: "Another worker has taken a partition over." },
  "partition.none": {
    level: "info",
    sentence: "This worker holds no partition: others hold them all. It still delivers.",
  },
  "queue.migrated": { level: "info", sentence: "Jobs of a former version were moved to their partitions." },
  "quarantine.ended": {
    level: "warn",
    sentence: "The quarantine's process ended unexpectedly.",
    repeats: "each error",
  },
  "job.buried": {
    level: "warn",
    sentence: "A job was buried; see `npm run -s statuswire -- dead-letters`.",
    repeats: "each error",
  },
  "dead-letters.evicted": {
    level: "warn",
    sentence: "Dead letters were removed to stay within the limits for them; the oldest went first.",
  },
  "page.fatal": {
    level: "error",
    sentence:
      "No process survives what a page says; it is looked at again once it says something else, or after six hours.",
  },
  "job.redriven": { level: "info", sentence: "A dead letter was put back on its queue." },
  "schedule.repaired": { level: "info", sentence: "Schedules were brought in line with the configuration." },
  "queue.troubled": { level: "error", sentence: "A queue reported trouble.", repeats: "each error" },
} satisfies Record<string, Sentence>;

export type Happening = keyof typeof table;

/** Every sentence we log. */
export const happenings: Readonly<Record<Happening, Sentence>> = table;
