/** Where things are in Redis. One hash tag, so that one script may touch several. */
const tag = "{sw}";

export const keys = {
  /** A hash per provider: its version, its page, and a field for each component and affair. */
  known: (provider: string) => `${tag}:known:${provider}`,
  /** A hash per provider: its past, as far as days are counted from it. */
  past: (provider: string) => `${tag}:past:${provider}`,
  /** The set of providers of which anything is known. */
  providers: `${tag}:providers`,
  /** The event log, a stream. */
  events: `${tag}:events`,
  /** A hash per provider: what makes the next poll cheap, and when it may be. */
  reading: (provider: string) => `${tag}:reading:${provider}`,
  /** What a provider's page said last. */
  payload: (provider: string) => `${tag}:payload:${provider}`,
  /** Set once an event has reached a sink. */
  delivered: (delivery: string) => `${tag}:delivered:${delivery}`,
  /** Held by whoever tells a sink of a subject. */
  turn: (sink: string, subject: string) => `${tag}:turn:${sink}:${subject}`,
  /** How far in the log a sink has been told of a subject. */
  told: (sink: string, subject: string) => `${tag}:told:${sink}:${subject}`,
  /** A sorted set: the events of a subject that a sink is told in strict order. */
  line: (sink: string, subject: string) => `${tag}:line:${sink}:${subject}`,
  /** A sorted set: the deliveries of a provider's events to a sink that gets every event in order. */
  fifo: (sink: string, provider: string) => `${tag}:fifo:${sink}:${provider}`,
  /** Held by whoever delivers from that. */
  fifoLock: (sink: string, provider: string) => `${tag}:fifo-lock:${sink}:${provider}`,
  /** The delivery at its head that was tried, and has not succeeded. */
  fifoTried: (sink: string, provider: string) => `${tag}:fifo-tried:${sink}:${provider}`,
  /** A sorted set: events that dispatchers have in hand still, and whose deliveries all have their place in their FIFOs. */
  joined: `${tag}:joined`,
  /** A hash: since when a sink fails, and whether it is disabled. */
  health: (sink: string) => `${tag}:health:${sink}`,
  /** The event by which the others were told lately that a sink fails. */
  alarm: (sink: string) => `${tag}:sink-alarm:${sink}`,
  /** A sorted set: failing pages, by when they become stale. */
  staleAt: `${tag}:stale-at`,
  /** A hash: since when our own network is down, or is not any more. */
  network: `${tag}:network`,
  /** A sorted set: hosts that answered, by when they did last. */
  reached: `${tag}:reached`,
  /** A sorted set: hosts that can't be reached, by since when. */
  unreached: `${tag}:unreached`,
  /** A sorted set: what is told later, by when. */
  holds: `${tag}:holds`,
  /** A sorted set per counter: which events count in it, by when they were recorded. */
  counter: (name: string) => `${tag}:counter:${name}`,
  /** What was decided about the event at a place. */
  ruling: (seq: string) => `${tag}:ruling:${seq}`,
  /** A list: the tries to deliver the event at a place. */
  attempts: (seq: string) => `${tag}:attempts:${seq}`,
  /** A hash per hour: how many tries to tell which sink ended how. */
  tally: (hour: number) => `${tag}:tally:${hour}`,
  /** A hash: which worker holds which partition. It is written with the queues. */
  leases: `${tag}:leases`,
  /** A hash per day: how many events took how long to be seen and delivered. */
  lag: (day: number) => `${tag}:lag:${day}`,
  /** The place of the event with an id. */
  place: (id: string) => `${tag}:place:${id}`,
} as const;
