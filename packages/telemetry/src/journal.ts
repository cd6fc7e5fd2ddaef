import winston from "winston";
import { type Happening, happenings } from "./happenings.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Tells what happened: a constant name, with what varies in its fields. */
export type Tell = (happening: Happening, fields?: Fields) => void;

export interface JournalOptions {
  service: string;
  level?: string;
  /** Where lines go; stderr, because stdout carries events and nothing else. */
  stream?: NodeJS.WriteStream;
}

/** A repeated failure is one line per this time, with a count of those held back. */
const quietMs = 10_000;

/** The log of one process. Readable on a terminal, one JSON object a line elsewhere. */
export function createJournal({ service, level = "info", stream = process.stderr }: JournalOptions): Tell {
  const logger = winston.createLogger({
    level,
    defaultMeta: { service },
    format: stream.isTTY ? readableFormat() : jsonFormat(),
    transports: [new winston.transports.Stream({ stream })],
  });
  const heldBack = new Map<string, { until: number; count: number }>();

  return function tell(happening, fields = {}) {
    const { level: severity, sentence, repeats } = happenings[happening];
    const repeated = repeats ? holdBack(heldBack, `${happening} ${describe(fields["error"])}`) : 0;
    if (repeated === undefined) return;
    logger.log(severity, sentence, { happening, ...plain(fields), ...(repeated ? { repeated } : {}) });
  };
}

/** How many like it were held back since the last was told, or undefined when this one is to be held back too. */
function holdBack(heldBack: Map<string, { until: number; count: number }>, key: string): number | undefined {
  const now = Date.now();
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
  if (!(value instanceof Error)) return value === undefined ? "" : String(value);
  const code = "code" in value ? ` (${String(value.code)})` : "";
  return `${value.name}: ${value.message || "no message"}${code}`;
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

// What a vendor or a sender wrote must not move the cursor or forge a line.
function oneLine(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (text ?? "").replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
