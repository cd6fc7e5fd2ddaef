interface Memory {
  /** For how long an answer is good. */
  freshMs: number;
  /** Epoch ms. */
  now(): number;
}

/** Reads once for all who ask within some time. What could not be read is not remembered. */
export function remembered<Value>(read: () => Promise<Value>, { freshMs, now }: Memory): () => Promise<Value> {
  let last: { at: number; value: Promise<Value> } | undefined;
  return () => {
    if (last && now() - last.at < freshMs) return last.value;
    const fresh = { at: now(), value: read() };
    last = fresh;
    fresh.value.catch(() => {
      if (last === fresh) last = undefined;
    });
    return fresh.value;
  };
}
