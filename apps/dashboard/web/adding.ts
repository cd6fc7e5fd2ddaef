import type { Attempt, Detection, Match } from "@statuswire/detection";

export type { Attempt };

/** As JSON tells it: the page's address is a text. */
export interface Found extends Omit<Detection, "best"> {
  best?: Omit<Match, "page"> & { page: string };
}

/** Somebody to watch, as `POST /api/v1/providers` takes it. */
export interface Wanted {
  id?: string;
  name?: string;
  page?: string;
  format?: string;
  components?: string[];
}

export interface Saved {
  saved: boolean;
  isNew: boolean;
  file: string;
  yaml: string;
  reason?: string;
}

/** Has a page looked at; hears of each attempt as it is made. Rejects with words for the visitor. */
export async function lookAt(url: string, onAttempt: (attempt: Attempt) => void): Promise<Found> {
  const response = await post("/api/v1/detect", { url });
  const lines = linesOf(response);
  for await (const line of lines) {
    const step = JSON.parse(line) as { attempt: Attempt } | { found: Found }; // See src/routes/detect.ts.
    if ("found" in step) return step.found;
    onAttempt(step.attempt);
  }
  throw new Error("The server stopped in the middle of it. Try again.");
}

/** Saves whom to watch, or only asks what would be written. Rejects with words for the visitor. */
export async function save(wanted: Wanted, { isWritten }: { isWritten: boolean }): Promise<Saved> {
  const response = await post(`/api/v1/providers?save=${String(isWritten)}`, wanted);
  return (await response.json()) as Saved; // See src/routes/watching.ts.
}

async function post(url: string, body: object): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch(
    () => undefined,
  );
  if (!response) throw new Error("The server does not answer. Try again.");
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Error(problem.detail ?? `The server refused (${response.status}).`);
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value = "" } = (await reader?.read()) ?? { done: true };
    const lines = `${rest}${value}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (done) return;
  }
}
