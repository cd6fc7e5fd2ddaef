/** One request's part of what is held. */
export interface Share {
  /** Whether there is room for so many bytes more; if so, they are held. */
  take(bytes: number): boolean;
  /** Gives back everything. */
  release(): void;
}

export interface Budget {
  open(): Share;
}

/** How many bytes of bodies all requests together may hold at once: many that are allowed can be too many. */
export function createBudget(limit: number): Budget {
  let held = 0;
  return {
    open() {
      let own = 0;
      return {
        take(bytes) {
          if (held + bytes > limit) return false;
          held += bytes;
          own += bytes;
          return true;
        },
        release() {
          held -= own;
          own = 0;
        },
      };
    },
  };
}
