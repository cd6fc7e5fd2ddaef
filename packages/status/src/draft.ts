/** A map of what is known, on its way to the next. */
export interface Draft<Item> {
  get(id: string): Item | undefined;
  set(id: string, item: Item): void;
  delete(id: string): void;
  /** As it stands: the very map that it began with while nothing has changed. */
  current(): ReadonlyMap<string, Item>;
}

/** Begins with what is known, and copies it at the first change: most of what is told changes nothing. */
export function draftOf<Item>(known: ReadonlyMap<string, Item>): Draft<Item> {
  let own: Map<string, Item> | undefined;
  const copied = () => (own ??= new Map(known));
  return {
    get: (id) => (own ?? known).get(id),
    set(id, item) {
      if ((own ?? known).get(id) !== item) copied().set(id, item);
    },
    delete(id) {
      if ((own ?? known).has(id)) copied().delete(id);
    },
    current: () => own ?? known,
  };
}
