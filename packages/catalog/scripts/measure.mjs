// What loading the catalog costs, after a build: node --expose-gc scripts/measure.mjs
import { serviceAt, serviceNamed, services, servicesOn } from "../dist/index.js";

globalThis.gc?.();
const before = process.memoryUsage();
const start = performance.now();
const count = services().length;
const loaded = performance.now();
[serviceNamed("stripe"), serviceAt("https://status.stripe.com"), servicesOn("api.stripe.com")];
const indexed = performance.now();
const peak = process.memoryUsage();
globalThis.gc?.();
const after = process.memoryUsage();

console.log(`${count} services
load    ${(loaded - start).toFixed(1)} ms
indexes ${(indexed - loaded).toFixed(1)} ms
heap    ${megabytes(after.heapUsed - before.heapUsed)} MB kept
rss     ${megabytes(peak.rss - before.rss)} MB at the most`);

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}
