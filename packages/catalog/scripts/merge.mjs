// The same service, found at two addresses, as one.

/** Same name, but not the same service. */
const namesakes = new Set(["qualified-qualified-io", "ovhcloud"]);

const sureness = ["weak", "medium", "strong"];

export function mergeSame(services) {
  const byName = new Map();
  for (const service of services) {
    const key = namesakes.has(service.id)
      ? `id ${service.id}`
      : service.name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    byName.set(key, [...(byName.get(key) ?? []), service]);
  }
  return [...byName.values()].map(merged);
}

/** The page that most lists name is the page; the other addresses are remembered. */
function merged(same) {
  const [best, ...others] = same.toSorted(
    (a, b) => b.mentions - a.mentions || sureness.indexOf(b.sure) - sureness.indexOf(a.sure),
  );
  if (others.length === 0) return best;
  const ids = same.map(({ id }) => id).toSorted((a, b) => a.length - b.length);
  return {
    ...best,
    id: ids[0],
    name: same.map(({ name }) => name).find((name) => /[A-Z]/.test(name)) ?? best.name,
    aliases: unique([...same.flatMap(({ aliases }) => aliases), ...ids.slice(1)]),
    domains: unique(same.flatMap(({ domains }) => domains)),
    otherPages: unique([...best.otherPages, ...others.flatMap(({ page, otherPages }) => [page, ...otherPages])]),
  };
}

function unique(values) {
  return [...new Set(values)];
}
