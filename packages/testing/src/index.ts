export { type Certificates, makeCertificates, tlsSettings } from "./certificates.ts";
export { freshRedis, type FreshRedis } from "./fresh-redis.ts";
export { freePort, redisServer, type RedisServer } from "./redis-server.ts";
export { follow, type RedisNode, startNode } from "./redis-node.ts";
export type { Guard } from "./guard.ts";
export { type ReplicatedRedis, startCluster, startSentinels } from "./replicated-redis.ts";
export { serve, type Handler, type LocalServer } from "./serve.ts";
export { cpuSeconds, residentMb } from "./usage.ts";
export { waitUntil } from "./wait-until.ts";
