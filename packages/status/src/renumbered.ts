interface Marked {
  id: string;
  marks?: readonly string[] | undefined;
}

/**
 * Affairs as told, but under the ids that we know them by: vendors renumber them now and then, Apple for one. One with
 * an id new to us is one that we know when they share a mark and the snapshot doesn't mention that one by its own id.
 */
export function underKnownIds<Told extends Marked>(
  told: readonly Told[],
  known: ReadonlyMap<string, Marked>,
): readonly Told[] {
  const unmentioned = new Map<string, Marked>();
  for (const [id, one] of known) if (one.marks?.length) unmentioned.set(id, one);
  for (const { id } of told) unmentioned.delete(id);
  if (!unmentioned.size) return told;

  return told.map((affair) => {
    const before = known.has(affair.id) ? undefined : sharingMark(affair, unmentioned);
    if (!before) return affair;
    unmentioned.delete(before.id);
    return { ...affair, id: before.id };
  });
}

function sharingMark({ marks }: Marked, among: ReadonlyMap<string, Marked>): Marked | undefined {
  const ours = new Set(marks);
  return [...among.values()].find((other) => other.marks?.some((mark) => ours.has(mark)));
}
