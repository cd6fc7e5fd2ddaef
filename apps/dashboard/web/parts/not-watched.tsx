/** Says that a provider's state is not known any more. */
export function NotWatched({ name }: { name: string }) {
  return (
    <p className="notice">
      {name} is not watched any more: it was removed from the configuration. This is what is on record.
    </p>
  );
}
