import type { Event, NoticeType } from "./event.ts";
import { oneLine } from "./readable.ts";
import { subjectOf } from "./subject.ts";
import { inWords } from "./words.ts";

/** What a sink is told in place of a change by which a component turned out to be unstable. */
export function unstable(event: Event): Event {
  const name = event.component?.name ?? event.product;
  const status = `${name} keeps changing; now it is ${stateOf(event)}. There will be one more message, when it has settled.`;
  return notice(event, "component.unstable", status);
}

/** What a sink is told when a component has settled; its last change. */
export function settled(event: Event): Event {
  const name = event.component?.name ?? event.product;
  return notice(event, "component.settled", `${name} has settled: it is ${stateOf(event)}.`);
}

/** Several events in one message, oldest first: of each subject the newest. There must be one at least. */
export function digest(events: readonly [Event, ...Event[]]): Event {
  const newest = [...new Map(events.map((event) => [subjectOf(event), event])).values()];
  const [first] = events;
  const last = events.at(-1) ?? first;
  const providers = [...new Set(newest.map(({ provider }) => provider))];
  const {
    component: _component,
    incident: _incident,
    maintenance: _maintenance,
    url: _url,
    omitted: _omitted,
    ...rest
  } = last;
  return {
    ...rest,
    id: `${first.id}_to_${last.id}`,
    type: "digest",
    provider: providers.length === 1 ? first.provider : "several",
    product: `${newest.length} pieces of news from ${providers.length === 1 ? "one provider" : `${providers.length} providers`}`,
    status: newest.map(lineOf).join("\n"),
  };
}

/** What the other sinks are told when one is given up; `event` is what it took last to find out. */
export function disabled(event: Event, sink: string): Event {
  const status = `The sink "${sink}" takes no events any more and is disabled. Repair it, then: npm run -s statuswire -- sinks enable ${sink}`;
  return ofSink(event, { sink, type: "sink.disabled", status });
}

/** What the other sinks are told when events do not arrive at one, and why; `event` is the one by which that came out. */
export function failing(event: Event, { sink, reason }: { sink: string; reason: string }): Event {
  const status = `Events do not arrive at the sink "${sink}": ${oneLine(reason)} Its state: npm run -s statuswire -- sinks. What it refused: npm run -s statuswire -- dead-letters`;
  return ofSink(event, { sink, type: "sink.failing", status });
}

function ofSink(
  event: Event,
  { sink, type, status }: { sink: string; type: "sink.failing" | "sink.disabled"; status: string },
): Event {
  const {
    component: _component,
    incident: _incident,
    maintenance: _maintenance,
    url: _url,
    omitted: _omitted,
    ...rest
  } = event;
  return {
    ...rest,
    id: `${event.id}_${type.replace("sink.", "")}_${sink}`,
    ...{ type, status, provider: "statuswire", product: `Statuswire sink ${sink}` },
    timestamp: event.observedAt,
  };
}

function notice(event: Event, type: NoticeType, status: string): Event {
  return { ...event, id: `${event.id}_${type.replace("component.", "")}`, type, status };
}

function stateOf({ component, status }: Event): string {
  return component ? inWords(component.status).toLowerCase() : status;
}

function lineOf({ timestamp, product, status, incident, maintenance, component }: Event): string {
  const state = inWords((incident ?? maintenance ?? component)?.status ?? "");
  const text = oneLine(status);
  const words = !state || text === state ? text : `${state}: ${text}`;
  return `${timestamp.slice(11, 16)} UTC ${oneLine(product)}: ${shortened(words)}`;
}

function shortened(text: string): string {
  const longest = 200;
  return text.length <= longest ? text : `${Array.from(text).slice(0, longest).join("")}…`;
}
