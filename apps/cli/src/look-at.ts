import { detect, type Detection } from "@statuswire/detection";
import { createOutbound } from "@statuswire/outbound";

/** Asks a page how it talks. What somebody types may be on their own network; where it redirects to may not. */
export async function lookAt(url: URL): Promise<Detection> {
  const outbound = createOutbound({ allowPrivate: [url.hostname] });
  try {
    return await detect(url, { fetchPage: (page) => outbound.fetchPage(page) });
  } finally {
    outbound.close();
  }
}

/** What somebody typed as a page's address; `status.acme.dev` will do. Nothing when it can't be one. */
export function addressIn(text: string): URL | undefined {
  const written = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const isHost = /^[^\s/]+\.[^\s/]+|^localhost\b|^\[/i.test(written.replace(/^https?:\/\//i, ""));
  return isHost && URL.canParse(written) ? new URL(written) : undefined;
}
