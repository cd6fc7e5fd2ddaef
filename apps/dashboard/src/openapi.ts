import { z } from "zod";
import type { Operation } from "./operation.ts";

type Described = Omit<Operation, "perform">;

const problem = {
  description: "A problem (RFC 9457).",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const Problem = {
  type: "object",
  properties: {
    title: { type: "string", description: "A name that programs can rely on." },
    status: { type: "integer" },
    detail: { type: "string", description: "What to do about it, for people." },
  },
  required: ["title", "status", "detail"],
};

const securitySchemes = {
  token: { type: "http", scheme: "bearer", description: "A token of DASHBOARD_READ_TOKENS or _WRITE_TOKENS." },
  session: { type: "apiKey", in: "cookie", name: "statuswire", description: "Who has logged in at `/login`." },
};

/** What operations are about, by the first word of their path. */
const tags: Readonly<Record<string, string>> = {
  providers: "Who is watched, and how they are.",
  components: "The parts of providers.",
  incidents: "What is going wrong, and what went wrong lately.",
  maintenances: "What is planned.",
  events: "The log of everything that happened.",
  stream: "The log as it grows.",
  catalog: "Services that are known, watched or not.",
  detect: "How a page talks.",
  queues: "How much is under way.",
  deliveries: "Which event went to which sink, or why it did not.",
  "dead-letters": "What could not succeed.",
  statuspage: "The whole board in the words of Statuspage's API.",
  description: "What the API says of itself.",
};

function tagOf(path: string): string {
  const [, , version, word = ""] = path.split("/");
  if (version === "v2") return "statuspage";
  const name = word.replace(/\..*/, "");
  return name in tags ? name : "description";
}

/** The OpenAPI 3.1 document of these operations, made from the schemas that check them; `schemas` are those with a name. */
export function openapi(operations: readonly Described[], schemas: Readonly<Record<string, z.ZodType>>): object {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) names.add(schema, { id });
  const named: Record<string, object> = { Problem };
  const paths: Record<string, Record<string, object>> = {};
  for (const one of operations) {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.method]: describe(one, { names, named }) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Statuswire",
      version: "1",
      summary: "Every incident on the services you depend on: what is known, and the log of what happened.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }, { session: [] }, {}],
    paths,
    components: { schemas: named, securitySchemes },
  };
}

/** The names of schemas, and those that have been used under their names. */
interface Vocabulary {
  names: z.core.$ZodRegistry<{ id: string }>;
  named: Record<string, object>;
}

function describe(operation: Described, vocabulary: Vocabulary): object {
  const { method, path, summary, asks, sends, answers, type, mayBeMissing } = operation;
  const parameters = parametersOf(path, asks);
  return {
    operationId: `${method}${path.replaceAll(/[^a-zA-Z0-9]+(\w)/g, (_all, first: string) => first.toUpperCase())}`,
    summary,
    tags: [tagOf(path)],
    parameters,
    ...(sends
      ? { requestBody: { required: true, content: { "application/json": { schema: sentOf(sends) } } } }
      : {}),
    responses: {
      200: {
        description: summary,
        content: { [type]: { schema: answers ? answerOf(answers, vocabulary) : { type: "string" } } },
      },
      ...(parameters.length || sends ? { 400: problem } : {}),
      401: problem,
      ...(method === "get" ? {} : { 403: problem }),
      ...(mayBeMissing ? { 404: problem } : {}),
      429: problem,
      503: problem,
    },
  };
}

function parametersOf(path: string, asks: z.ZodType): object[] {
  const { properties = {}, required = [] } = ObjectSchema.parse(z.toJSONSchema(asks, { io: "input" }));
  return Object.entries(properties).map(([name, schema]) => {
    const isInPath = path.includes(`:${name}`);
    const { description, ...shape } = schema;
    return {
      name,
      in: isInPath ? "path" : "query",
      required: isInPath || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: shape,
    };
  });
}

const ObjectSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).optional(),
  required: z.array(z.string()).optional(),
});

function sentOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: "input" });
  return shape;
}

function answerOf(schema: z.ZodType, { names, named }: Vocabulary): object {
  const text = JSON.stringify(z.toJSONSchema(schema, { metadata: names, unrepresentable: "any" }));
  const {
    $schema: _dialect,
    id,
    $defs,
    ...shape
  } = Shape.parse(JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')));
  for (const [name, { id: _id, ...definition }] of Object.entries($defs)) named[name] = definition;
  if (id === undefined) return shape;
  named[id] = shape;
  return { $ref: `#/components/schemas/${id}` };
}

const Shape = z.looseObject({
  $schema: z.unknown(),
  id: z.string().optional(),
  $defs: z.record(z.string(), z.looseObject({ id: z.string().optional() })).default({}),
});
