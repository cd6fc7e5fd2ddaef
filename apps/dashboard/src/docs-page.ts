import { z } from "zod";
import { type Assets, linksTo } from "./assets.ts";
import { htmlDocument } from "./document.ts";
import { escaped } from "./feeds/xml.ts";

const Schema = z.looseObject({
  type: z.string().optional(),
  $ref: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
});
const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean(),
  description: z.string().default(""),
  schema: Schema,
});
const Described = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(Parameter),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.unknown().optional() })) })
    .optional(),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: Schema })) })),
});
/** What the page reads of the OpenAPI document. */
const Document = z.object({
  info: z.object({ title: z.string(), summary: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Described)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

interface Entry extends z.infer<typeof Described> {
  method: string;
  path: string;
}

/** An OpenAPI document of ours as a page that needs no script and nothing from elsewhere. Throws when it is not one. */
export function docsPage(document: unknown, assets: Assets | undefined): string {
  const { info, tags, paths, components } = Document.parse(document);
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Entry => ({ ...described, method, path })),
  );
  return htmlDocument({
    title: `${info.title} API`,
    head: [assets ? linksTo({ ...assets, script: undefined }) : ""],
    body: `<div id="root">
<header class="top"><a class="brand" href="/"><img src="/favicon.svg" alt="" width="22" height="22">Statuswire</a></header>
<main class="docs">
<h1>The API</h1>
<p class="lead">${escaped(info.summary)}</p>
<p>For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>, <a href="/api/v1/event.schema.json">JSON Schema of an event</a>.
Send a token as <code>Authorization: Bearer …</code> where one is asked for. Errors are problems (RFC 9457).</p>
<nav aria-label="Subjects"><ul>${tags.map(({ name }) => `<li><a href="#${name}">${name}</a></li>`).join("")}</ul></nav>
${tags.map((tag) => section(tag, entries)).join("\n")}
<section id="schemas"><h2>Schemas</h2>
${Object.entries(components.schemas)
  .map(([name, schema]) => schemaEntry(name, schema))
  .join("\n")}
</section>
</main>
</div>`,
  });
}

function section({ name, description }: { name: string; description: string }, entries: readonly Entry[]): string {
  const own = entries.filter(({ tags }) => tags.includes(name));
  if (!own.length) return "";
  return `<section id="${name}"><h2>${name}</h2><p class="quiet">${escaped(description)}</p>
${own.map(entryHtml).join("\n")}
</section>`;
}

function entryHtml({ method, path, summary, operationId, parameters, requestBody, responses }: Entry): string {
  const body = requestBody?.content["application/json"]?.schema;
  return `<article class="card" id="${operationId}">
<h3><code>${method.toUpperCase()} ${escaped(path)}</code></h3>
<p>${prose(summary)}</p>
${parameters.length ? parameterTable(parameters) : ""}
${body === undefined ? "" : `<details><summary>Body</summary><pre tabindex="0">${escaped(JSON.stringify(body, null, 2))}</pre></details>`}
<p class="quiet">Answers ${Object.entries(responses[200]?.content ?? {})
    .map(([type, { schema }]) => `<code>${type}</code>${reference(schema)}`)
    .join(", ")}; else ${Object.keys(responses)
    .filter((status) => status !== "200")
    .join(", ")}</p>
</article>`;
}

function parameterTable(parameters: readonly z.infer<typeof Parameter>[]): string {
  const rows = parameters.map(
    ({ name, required, description, schema }) =>
      `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${required ? "needed" : ""}</td><td>${prose(description)} ${allowed(schema)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Parameter</th><th scope="col">Needed</th><th scope="col">What it says</th></tr></thead>
<tbody>${rows.join("")}</tbody></table>`;
}

function allowed({ enum: words, default: usual }: z.infer<typeof Schema>): string {
  const list = words ? words.map((word) => `<code>${escaped(String(word))}</code>`).join(" ") : "";
  return usual === undefined
    ? list
    : `${list} <span class="quiet">Unless given: ${escaped(JSON.stringify(usual))}</span>`;
}

function reference({ $ref }: z.infer<typeof Schema>): string {
  const name = $ref?.split("/").at(-1);
  return name === undefined ? "" : ` <a href="#schema-${name}">${name}</a>`;
}

function schemaEntry(name: string, schema: unknown): string {
  return `<details id="schema-${name}"><summary>${name}</summary><pre tabindex="0">${escaped(JSON.stringify(schema, null, 2))}</pre></details>`;
}

/** Text in which backticks mark code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}
