import { escaped } from "./feeds/xml.ts";

interface Document {
  /** As text. */
  title: string;
  /** What else stands in the head, as HTML. */
  head: readonly string[];
  /** As HTML. */
  body: string;
}

/** A whole HTML page, in either theme. */
export function htmlDocument({ title, head, body }: Document): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${head.filter(Boolean).join("\n")}
</head>
<body>
${body}
</body>
</html>
`;
}
