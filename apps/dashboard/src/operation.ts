import { HttpError } from "@statuswire/service";
import { json, type RequestHandler, Router } from "express";
import { z } from "zod";
import type { Board } from "./board.ts";

/** Under which URL an operation was asked for. */
export interface Place {
  /** Where browsers open the dashboard: PUBLIC_URL, else what the request says. Without a slash at its end. */
  origin: string;
  /** The query as it was sent. */
  query: Readonly<Record<string, unknown>>;
}

interface Definition<Asked, Answer, Sent> {
  method?: "get" | "post" | "delete";
  /** As Express and OpenAPI both can be told it: `/api/v1/providers/:id`. */
  path: string;
  summary: string;
  /** What the path and the query say. Other query parameters are refused: a misspelt filter must not filter nothing. */
  asks: z.ZodType<Asked>;
  /** What the body says, as JSON. Absent: there is none. */
  sends?: z.ZodType<Sent>;
  /** The shape of a JSON answer. Absent: text of `type`. */
  answers?: z.ZodType<Answer>;
  type?: string;
  /** Whether there may be nothing under that name. */
  mayBeMissing?: boolean;
  perform(asked: Asked, sent: Sent, place: Place): Promise<Answer>;
}

/** One thing that can be asked of the API: what Express serves, and what the OpenAPI document says. */
export interface Operation extends Omit<Required<Definition<unknown, unknown, unknown>>, Loose> {
  answers: z.ZodType | undefined;
  sends: z.ZodType | undefined;
  /** Throws HttpError 400 when what is asked or sent has mistakes. */
  perform(asked: unknown, sent?: unknown, place?: Place): Promise<unknown>;
}
type Loose = "perform" | "answers" | "sends";

/** An operation whose handler is typed by its schemas. */
export function operation<Asked, Answer, Sent = undefined>(
  definition: Definition<Asked, Answer, Sent>,
): Operation {
  const { method = "get", type = "application/json", mayBeMissing = false, asks, answers, perform } = definition;
  const { path, summary, sends } = definition;
  // Who describes no body is handed none.
  const body = sends ?? (z.undefined() as unknown as z.ZodType<Sent>);
  return {
    ...{ method, path, summary, asks, sends, answers, type, mayBeMissing },
    perform: async (asked, sent, place = nowhere) => perform(read(asks, asked), read(body, sent), place),
  };
}

// What our own page asks, it asks without a request.
const nowhere: Place = { origin: "", query: {} };

function read<Asked>(schema: z.ZodType<Asked>, asked: unknown): Asked {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  throw new HttpError(400, "bad_query", { detail: z.prettifyError(parsed.error) });
}

/** Serves operations. Express adds the ETag, and answers 304 to whoever has it. */
export function serve(operations: readonly Operation[], publicUrl: () => string | undefined): Router {
  const router = Router();
  for (const one of operations)
    router[one.method](one.path, ...(one.sends ? [jsonBody] : []), handlerOf(one, publicUrl));
  return router;
}

const jsonBody = json({ limit: 64 * 1024 });

function handlerOf({ perform, type, sends }: Operation, publicUrl: () => string | undefined): RequestHandler {
  return async (req, res) => {
    const origin = publicUrl() ?? `${req.protocol}://${req.get("Host") ?? "localhost"}`;
    const place = { origin, query: req.query };
    const answer = await perform({ ...req.query, ...req.params }, sends && req.body, place);
    res.set("Cache-Control", "private, no-cache").type(type);
    res.send(typeof answer === "string" ? answer : JSON.stringify(answer));
  };
}

/** For an operation that asks for nothing. */
export const nothingAsked = z.strictObject({});

/** The error of an operation whose subject is not there. */
export function missing(what: string, id: string): HttpError {
  return new HttpError(404, "not_found", { detail: `There is no ${what} "${id}".` });
}

/** The error of asking for the present state of a provider that is not watched: it may have a history. */
export async function notWatched(board: Pick<Board, "everOne">, id: string): Promise<HttpError> {
  if (!(await board.everOne(id))) return missing("provider", id);
  const history = `/api/v1/providers/${encodeURIComponent(id)}/history`;
  const detail = `"${id}" is not in the configuration any more, so its state is unknown. Its history: ${history}`;
  return new HttpError(404, "not_watched", { detail });
}
