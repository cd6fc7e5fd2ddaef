import type { Redis } from "ioredis";

/** Fewer replicas than demanded have said in time that they have it. It is written all the same. */
export class TooFewReplicasError extends Error {
  override readonly name = "TooFewReplicasError";
}

interface Demand {
  replicas: number;
  withinMs: number;
}

/** Waits until so many replicas have all that this connection has written before. Rejects with TooFewReplicasError. */
export async function awaitReplicas(redis: Redis, { replicas, withinMs }: Demand): Promise<void> {
  const reached = await redis.wait(replicas, withinMs);
  if (reached < replicas) throw new TooFewReplicasError(`${reached} of ${replicas} replicas have it.`);
}
