import { useAnswer } from "../board.tsx";
import { deliveriesPerHour, sumOf } from "../plots.ts";
import type { TalliesView } from "../views.ts";
import { counted } from "../words.ts";
import { Answered } from "./answered.tsx";
import { Plot } from "./plot.tsx";

const hours = 48;

/** What each sink took, and what failed there, hour by hour. */
export function DeliveryPlots() {
  return (
    <section aria-labelledby="sinks">
      <h2 id="sinks">Sinks, last {hours} hours</h2>
      <Answered resource={useAnswer<TalliesView>(`/api/v1/deliveries/hours?hours=${hours}`)}>
        {(tallies) =>
          tallies.sinks.length ? (
            <div className="plot-grid">
              {tallies.sinks.map((sink) => (
                <SinkPlot key={sink.sink} tallies={tallies} sink={sink} />
              ))}
            </div>
          ) : (
            <p className="quiet">Nobody was told anything in that time.</p>
          )
        }
      </Answered>
    </section>
  );
}

function SinkPlot({ tallies, sink }: { tallies: TalliesView; sink: TalliesView["sinks"][number] }) {
  const plotted = deliveriesPerHour(tallies, sink);
  const [failed = 0, delivered = 0] = plotted.series.map(sumOf);
  const summary = `${counted(delivered, "event")} delivered, ${failed ? counted(failed, "failed try", "failed tries") : "no try failed"}.`;
  return <Plot title={sink.sink} {...{ summary, plotted }} inWords={String} />;
}
