import { createHash } from "node:crypto";
import { Agent, get } from "node:http";
import { text } from "node:stream/consumers";

interface Page {
  url: string;
  etag?: string | undefined;
  hash?: string;
}

// Polls as a plain author would: a timer per page, one agent with keep-alive, an ETag, a hash. No queue, nothing kept.
const { addresses, everyMs } = JSON.parse(process.argv[2] ?? "") as { addresses: string[]; everyMs: number };
const agent = new Agent({ keepAlive: true });

function poll(page: Page): void {
  const headers = page.etag === undefined ? {} : { "if-none-match": page.etag };
  get(page.url, { agent, headers }, (response) => {
    page.etag = response.headers.etag;
    void text(response).then((body) => {
      if (response.statusCode === 304) return;
      page.hash = createHash("sha256").update(body).digest("hex");
    });
  }).on("error", (error) => console.error(error.message));
}

for (const [index, address] of addresses.entries()) {
  const page: Page = { url: `${address}/api/v2/summary.json` };
  setTimeout(() => setInterval(poll, everyMs, page), (everyMs * index) / addresses.length);
}
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
