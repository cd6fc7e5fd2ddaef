import type { Queues } from "@statuswire/queues";

/** Has no worker take observations up. */
export async function pauseObservations({ partitions }: Queues): Promise<void> {
  await Promise.all(partitions.map(({ observations }) => observations.pause()));
}

/** Has workers take observations up again. */
export async function resumeObservations({ partitions }: Queues): Promise<void> {
  await Promise.all(partitions.map(({ observations }) => observations.resume()));
}
