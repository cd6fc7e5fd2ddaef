import { useAnswer } from "../board.tsx";
import type { QueueView } from "../views.ts";
import { Answered } from "./answered.tsx";

/** How much is under way. */
export function QueuesTable() {
  return (
    <section aria-labelledby="queues">
      <div className="section-top">
        <h2 id="queues">Queues</h2>
        <a href="/queues">Every job in Bull Board</a>
      </div>
      <Answered resource={useAnswer<{ queues: QueueView[] }>("/api/v1/queues")}>
        {({ queues }) => <Rows queues={queues} />}
      </Answered>
    </section>
  );
}

function Rows({ queues }: { queues: readonly QueueView[] }) {
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Waiting</th>
          <th scope="col">Running</th>
          <th scope="col">Later</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ name, waiting, active, delayed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{waiting}</td>
            <td>{active}</td>
            <td>{delayed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
