import { deliveriesOf } from "./deliveries.ts";
import type { Evidence, Findings } from "./evidence.ts";
import type { Incident } from "./faults.ts";
import { wrongStatesOf } from "./final-states.ts";
import { historyOf } from "./history.ts";
import { orderOf } from "./order.ts";
import type { Answers } from "./sender.ts";

/** What was counted while it ran. */
export interface Counted {
  answers: Answers;
  timeline: readonly Incident[];
  /** Jobs that were given up. */
  buried: number;
  /** From the beginning of the revival of what was killed until every process was ready: the longest. */
  recoverySeconds: number;
  /** From the SIGKILL of a worker, or the last fault elsewhere since, until others held its partitions: the longest. */
  takeOverSeconds: number;
  /** From the last webhook accepted, or the end of the last fault if that was later, until no observation waited any more. */
  processedSeconds: number;
  /** From the last webhook accepted until nothing was under way. */
  drainSeconds: number;
  /** The largest process of ours. */
  peakRssMb: number;
}

/** The account of one run; its figures keep their names, because others read them. */
export interface Ledger extends Answers {
  events: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  wrongStates: number;
  deliveries: number;
  deliveriesOvertaken: number;
  deliveriesMissing: number;
  deliveriesDoubled: number;
  buried: number;
  kills: number;
  pauses: number;
  recoverySeconds: number;
  takeOverSeconds: number;
  processedSeconds: number;
  drainSeconds: number;
  peakRssMb: number;
  /** Whatever broke a promise. */
  findings: Findings;
}

/** After a fault: until every process is ready, until a killed worker's partitions are others', until all is processed. */
const promisedSeconds = { recoverySeconds: 20, takeOverSeconds: 12, processedSeconds: 20 };

/** Draws the account. Pure: the same evidence gives the same ledger. */
export function ledgerOf(evidence: Evidence, counted: Counted): Ledger {
  const history = historyOf(evidence);
  const order = orderOf(evidence);
  // What becomes of incidents, the history tells.
  const lost = [...history.lost, ...order.lost.filter(isOfComponent)];
  const doubled = [...history.doubled, ...order.doubled.filter(isOfComponent)];
  const wrongStates = wrongStatesOf(evidence);
  const deliveries = deliveriesOf(evidence);
  const { answers, timeline, ...figures } = counted;
  const kills = timeline.filter(({ fault }) => fault === "kill").length;
  const pauses = timeline.length - kills;
  return {
    ...answers,
    events: evidence.events.length,
    lost: lost.length,
    doubled: doubled.length,
    outOfOrder: order.outOfOrder.length,
    wrongStates: wrongStates.length,
    deliveries: deliveries.done,
    deliveriesOvertaken: deliveries.overtaken,
    deliveriesMissing: deliveries.missing.length,
    deliveriesDoubled: deliveries.doubled.length,
    kills,
    pauses,
    ...figures,
    findings: [
      ...lost.map((finding) => `lost: ${finding}`),
      ...doubled.map((finding) => `doubled: ${finding}`),
      ...order.outOfOrder.map((finding) => `out of order: ${finding}`),
      ...wrongStates.map((finding) => `wrong state: ${finding}`),
      ...deliveries.missing.map((finding) => `delivery missing: ${finding}`),
      // One that died between the sink's yes and our note of it may double what it had in hand.
      ...(deliveries.doubled.length > kills + pauses
        ? deliveries.doubled.map((finding) => `delivery doubled: ${finding}`)
        : []),
      ...Object.entries(promisedSeconds).flatMap(([name, most]) => {
        const seconds = figures[name as keyof typeof promisedSeconds];
        return seconds > most ? [`${name}: ${seconds}, promised ${most}`] : [];
      }),
      ...(figures.buried ? [`buried: ${figures.buried} jobs, though nothing was wrong with any`] : []),
    ],
  };
}

function isOfComponent(finding: string): boolean {
  return / is (?:operational|degraded_performance|partial_outage|major_outage)$/.test(finding);
}
