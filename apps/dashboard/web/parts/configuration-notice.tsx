import { useAnswer } from "../board.tsx";
import type { ConfigurationView } from "../views.ts";

/** Says that statuswire.yaml has mistakes and what they are, until they are corrected. */
export function ConfigurationNotice() {
  const { data } = useAnswer<ConfigurationView>("/api/v1/configuration");
  if (!data || data.isInForce) return null;
  return (
    <section className="notice" role="status" aria-label="Configuration">
      <p>The configuration file has mistakes. What it said before stays in force until they are corrected:</p>
      <ul>
        {data.problems.map(({ line, column, message }) => (
          <li key={`${line}:${column} ${message}`}>
            Line {line}, column {column}: {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
