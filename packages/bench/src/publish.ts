import { writeFile } from "node:fs/promises";

interface Pages {
  document: string;
  chart: string;
}

const docs = new URL("../../../docs/", import.meta.url);

/** Puts the report where readers of the repository find it. */
export async function publish({ document, chart }: Pages): Promise<void> {
  await writeFile(new URL("performance.md", docs), document);
  await writeFile(new URL("performance.svg", docs), chart);
}
