import { inspect } from "node:util";
import { setTimeout as delay } from "node:timers/promises";

const pollEveryMs = 20;

/**
 * Waits until a condition gives something truthy, and gives that back.
 *
 * @param description what is awaited, as it should read after "Waited for": "three events in the log".
 * @throws Error with the last value, or the last error, once the deadline has passed.
 */
export async function waitUntil<Value>(
  description: string,
  condition: () => Value | Promise<Value>,
  deadlineMs = 10_000,
): Promise<Truthy<Value>> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const last = await attempt(condition);
    // TypeScript does not narrow a type parameter by its truth.
    if ("value" in last && last.value) return last.value as Truthy<Value>;
    if (Date.now() > deadline) throw expired(description, { deadlineMs, last });
    await delay(pollEveryMs);
  }
}

type Truthy<Value> = Exclude<Value, false | null | undefined | "" | 0>;

type Attempt<Value> = { value: Value } | { error: unknown };

async function attempt<Value>(condition: () => Value | Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await condition() };
  } catch (error) {
    return { error };
  }
}

function expired(
  description: string,
  { deadlineMs, last }: { deadlineMs: number; last: Attempt<unknown> },
): Error {
  const waited = `Waited ${deadlineMs} ms for ${description}.`;
  return "error" in last
    ? new Error(`${waited} The last attempt threw: ${String(last.error)}`, { cause: last.error })
    : new Error(`${waited} The last value was ${inspect(last.value, { depth: 4 })}`);
}
