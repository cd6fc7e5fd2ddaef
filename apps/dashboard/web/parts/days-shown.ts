import { useSyncExternalStore } from "react";

const wide = "(min-width: 68rem)";
const medium = "(min-width: 40rem)";

/** How many days there is room for: 90, 45 or 30. */
export function useDaysShown(): number {
  return useSyncExternalStore(listen, () =>
    matchMedia(wide).matches ? 90 : matchMedia(medium).matches ? 45 : 30,
  );
}

function listen(onChange: () => void): () => void {
  const queries = [wide, medium].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}
