import { go, usePlace } from "./routing.tsx";

/** A field's value as the address has it, and what changes it there. */
export interface Filter {
  value: string;
  onChange(event: { target: { value: string } }): void;
}

/** The filters of a page, which stand in its address: gives each by its name. */
export function useFilters(): (name: string) => Filter {
  const { path, query } = usePlace();
  return (name) => ({
    value: query.get(name) ?? "",
    onChange({ target: { value } }) {
      const next = new URLSearchParams(query);
      if (value) next.set(name, value);
      else next.delete(name);
      go(`${path}?${next.toString()}`, { replace: true });
    },
  });
}
