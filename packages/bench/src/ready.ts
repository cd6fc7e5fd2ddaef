import { waitUntil } from "@statuswire/testing";

/** Waits until a process of ours can do its work: until /readyz answers 200. */
export async function untilReady(url: string, deadlineMs = 30_000): Promise<void> {
  await waitUntil(`/readyz at ${url}`, () => isReady(url), deadlineMs);
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`);
  await response.arrayBuffer();
  return response.ok;
}
