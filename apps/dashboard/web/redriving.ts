import { counted } from "./words.ts";

export type Act = "redrive" | "drop";

/** One dead letter, or all of a sink. */
export type Meant = { id: string; name: string } | { sink: string };

/** Redrives or drops dead letters; what came of it, in words. */
export async function perform(act: Act, meant: Meant): Promise<string> {
  const name = "id" in meant ? meant.name : `What failed at ${meant.sink}`;
  try {
    const response = await ask(act, meant);
    if (!response.ok)
      return response.status === 404
        ? `${name} is gone already.`
        : `${name}: the server refused (${response.status}).`;
    if ("id" in meant) return act === "redrive" ? `${name} is back on its queue.` : `${name} is dropped.`;
    const { redriven } = (await response.json()) as { redriven: object[] };
    return `${counted(redriven.length, "delivery", "deliveries")} to ${meant.sink} back on the queue.`;
  } catch {
    return `${name}: the server does not answer. Try again.`;
  }
}

async function ask(act: Act, meant: Meant): Promise<Response> {
  const all = "/api/v1/dead-letters";
  if (!("id" in meant)) return fetch(`${all}/redrive?sink=${encodeURIComponent(meant.sink)}`, { method: "POST" });
  const one = `${all}/${encodeURIComponent(meant.id)}`;
  return act === "redrive" ? fetch(`${one}/redrive`, { method: "POST" }) : fetch(one, { method: "DELETE" });
}
