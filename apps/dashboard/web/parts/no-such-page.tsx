import { Link } from "../routing.tsx";
import { Heading } from "./heading.tsx";

/** Instead of a page: that there is none, or why it cannot be shown, and the ways on. */
export function NoSuchPage({ title = "Page not found", problem }: { title?: string; problem?: string }) {
  return (
    <>
      <Heading title={title} />
      {problem === undefined ? null : (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      <p>
        <Link href="/">Back to the services</Link> · <Link href="/events">Events</Link> ·{" "}
        <Link href="/deliveries">Deliveries</Link>
      </p>
    </>
  );
}
