/** Headers by which senders tell one delivery from another: a redelivery has the same. Standard Webhooks, Svix, GitHub. */
const names = ["webhook-id", "svix-id", "x-github-delivery"];

/** What the sender calls this delivery, if it gives it a name that can be one. */
export function deliveryId(headers: NodeJS.Dict<string | string[]>): string | undefined {
  const given = names.map((name) => headers[name]).find((value) => value !== undefined);
  return typeof given === "string" && /^[\x21-\x7e]{1,200}$/.test(given) ? given : undefined;
}

export interface Recent {
  has(id: string): boolean;
  add(id: string): void;
}

/** Remembers the last so many ids. */
export function createRecent(count: number): Recent {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      // A set is in order of addition.
      const [oldest] = ids;
      if (ids.size > count && oldest !== undefined) ids.delete(oldest);
    },
  };
}
