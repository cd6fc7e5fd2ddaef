import { searchServices } from "@statuswire/catalog";
import { z } from "zod";
import { operation, type Operation } from "../operation.ts";

const Services = z.object({
  services: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      page: z.string().describe("Its status page, as people read it."),
      format: z.string().optional().describe("How the page talks. Absent: nobody knows, or we can't hear it."),
      sure: z.enum(["strong", "medium", "weak"]).describe("How sure we are of page and format."),
      domains: z.array(z.string()),
    }),
  ),
});

/** `/api/v1/catalog`: the services that we know, watched or not. */
export function catalog(): Operation[] {
  return [
    operation({
      path: "/api/v1/catalog",
      summary: "Known services that fit a name, a domain or a URL, best first.",
      asks: z.strictObject({
        q: z.string().trim().min(1).max(500),
        limit: z.coerce.number().int().min(1).max(100).default(10),
      }),
      answers: Services,
      perform: ({ q, limit }) => Promise.resolve({ services: searchServices(q, limit).map(shown) }),
    }),
  ];
}

function shown({ id, name, page, format, sure, domains }: ReturnType<typeof searchServices>[number]) {
  return { id, name, page, sure, domains, ...(format === undefined ? {} : { format }) };
}
