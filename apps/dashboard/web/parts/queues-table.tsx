import { useAnswer } from "../board.tsx";
import type { PartitionView, QueueView } from "../views.ts";
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
      <h3 id="partitions">Partitions</h3>
      <p className="note">
        Each provider belongs to one partition, and one worker at a time does a partition's work, in order.
      </p>
      <Answered resource={useAnswer<Partitions>("/api/v1/partitions")}>
        {(answer) => <Workers {...answer} />}
      </Answered>
    </section>
  );
}

interface Partitions {
  workers: string[];
  partitions: PartitionView[];
}

/** Who does the work of which partitions. */
function Workers({ workers, partitions }: Partitions) {
  const isOrphan = ({ worker }: PartitionView) => worker === undefined;
  const rows = [
    ...workers.map((worker) => ({ name: worker, held: partitions.filter((one) => one.worker === worker) })),
    ...(partitions.some(isOrphan) ? [{ name: "nobody", held: partitions.filter(isOrphan) }] : []),
  ];
  return (
    <table className="figures" aria-labelledby="partitions">
      <thead>
        <tr>
          <th scope="col">Worker</th>
          <th scope="col">Partitions</th>
          <th scope="col">Waiting</th>
          <th scope="col">Per second</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, held }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {held.length ? held.map(({ partition }) => String(partition).padStart(2, "0")).join(" ") : "none"}
            </td>
            <td>{sum(held.map(({ waiting }) => waiting))}</td>
            <td>{sum(held.map(({ load }) => load)).toFixed(1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
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
