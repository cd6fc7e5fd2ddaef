import winston from "winston";
import { type Happening, happenings } from "./happenings.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Tells what happened: a constant name, with what varies in its fields. */
export type Tell = (happening: Happening, fields?: Fields) => void;

export interface JournalOptions {
  service: string;
  level?: string;
  /** Where lines go; stderr, because stdout carries events and nothing else. */
  stream?: NodeJS.WritableStream & { isTTY?: boolean };
  /** Epoch ms. */
  now?(): number;
}

/** A repeated failure is one line per this time, with a count of those held back. */
const quietMs = 10_000;

/** The log of one process. Readable on a terminal, one JSON object a line elsewhere. */
export function createJournal(options: JournalOptions): Tell {
  const { service, level = "info", stream = process.stderr, now = Date.now } = options;
  const logger = winston.createLogger({
    level,
    format: stream.isTTY ? readableFormat() : jsonFormat(),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its transports twice
    transports: [new winston.transports.Stream({ stream })],
  });
  const heldBack: HeldBack = new Map();
  // Winston would write the line first, and only then ask whether anybody wants it; asked each time, it looks through its transports.
  const severities = Object.values(happenings).map(({ level: severity }) => severity);
  const wanted = new Set(severities.filter((severity) => logger.isLevelEnabled(severity)));

  return function tell(happening, fields = {}) {
    const { level: severity, sentence, repeats } = happenings[happening];
    if (!wanted.has(severity)) return;
    const kind = repeats === "each error" ? `${happening} ${describe(fields["error"])}` : happening;
    const repeated = repeats ? holdBack(heldBack, kind, now()) : 0;
    if (repeated === undefined) return;
    const own = { level: severity, message: sentence, service, happening };
    // First, because they are read first; last, because no field may pass for them.
    logger.log({ ...own, ...plain(fields), ...(repeated ? { repeated } : {}), ...own });
  };
}

type HeldBack = Map<string, { until: number; count: number }>;

/** How many like it were held back since the last was told, or undefined when this one is to be held back too. */
function holdBack(heldBack: HeldBack, key: string, now: number): number | undefined {
  const before = heldBack.get(key);
  if (before && now < before.until) {
    before.count++;
    return undefined;
  }
  if (heldBack.size > 1000) heldBack.clear();
  heldBack.set(key, { until: now + quietMs, count: 0 });
  return before?.count ?? 0;
}

// An Error's own fields do not serialise; its stack says too much for a line that is told once.
function plain(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value) : value]),
  );
}

function describe(value: unknown): string {
  if (!(value instanceof Error)) return value === undefined ? "" : textOf(value);
  // Where there is none, every message holds it.
  const code = "code" in value ? describe(value.code) : "";
  return `${value.name}: ${value.message || "no message"}${value.message.includes(code) ? "" : ` (${code})`}`;
}

function jsonFormat() {
  return winston.format.combine(winston.format.timestamp(), winston.format.json());
}

function readableFormat() {
  return winston.format.combine(
    winston.format.timestamp({ format: "HH:mm:ss" }),
    winston.format.colorize(),
    winston.format.printf(({ timestamp, level, message, service, happening: _happening, ...fields }) => {
      const details = Object.entries(fields).map(([key, value]) => `${key}=${oneLine(value)}`);
      return [String(timestamp), level, `${String(service)}:`, message, ...details].join(" ");
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

// What a vendor or a sender wrote must not move the cursor or forge a line.
function oneLine(value: unknown): string {
  return textOf(value).replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
