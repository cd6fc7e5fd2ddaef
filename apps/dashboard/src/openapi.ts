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

/** The OpenAPI 3.1 document of these operations, made from the schemas that check them. */
export function openapi(operations: readonly Described[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of operations) {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.method]: describe(one) };
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
    paths,
    components: { schemas: { Problem } },
  };
}

function describe({ method, path, summary, asks, answers, type, mayBeMissing }: Described): object {
  const parameters = parametersOf(path, asks);
  return {
    operationId: `${method}${path.replaceAll(/[^a-zA-Z0-9]+(\w)/g, (_all, first: string) => first.toUpperCase())}`,
    summary,
    parameters,
    responses: {
      200: {
        description: summary,
        content: { [type]: { schema: answers ? schemaOf(answers, "output") : { type: "string" } } },
      },
      ...(parameters.length ? { 400: problem } : {}),
      ...(method === "get" ? {} : { 403: problem }),
      ...(mayBeMissing ? { 404: problem } : {}),
    },
  };
}

function parametersOf(path: string, asks: z.ZodType): object[] {
  const { properties = {}, required = [] } = schemaOf(asks, "input");
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

function schemaOf(schema: z.ZodType, io: "input" | "output"): z.infer<typeof ObjectSchema> {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return ObjectSchema.parse(shape);
}
