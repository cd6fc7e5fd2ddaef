import { PermanentError, RetryLaterError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";

interface Dependencies {
  /** How many deliveries to one sink this process has in hand at most, so that one that hangs leaves room for others. */
  atOnce: number;
  /** How long one that fails is left alone; half a minute, unless said. */
  restMs?: number;
  /** Epoch ms. */
  now(): number;
  tell: Tell;
}

/** What stands between a sink that fails and everybody else. One per process. */
export interface Gate {
  /** Delivers, or throws RetryLaterError without trying when the sink has enough in hand, rests, or has asked us to wait. */
  pass(sink: string, deliver: () => Promise<void>): Promise<void>;
}

interface Condition {
  inHand: number;
  /** In a row. */
  failures: number;
  /** Epoch ms. */
  restsUntil: number;
  /** How many were sent away since one arrived. */
  sentAway: number;
}

const enough = 5;
const usualRestMs = 30_000;
const queueMs = 500;
/** So many ask again as often as that; of twice as many, each half as often. */
const queueAtEase = 16;

/**
 * A breaker for each sink. One that fails is tried with one delivery at a time; after five failures in a row it is left
 * alone for half a minute, then tried with one again.
 */
export function createGate({ atOnce, restMs = usualRestMs, now, tell }: Dependencies): Gate {
  const conditions = new Map<string, Condition>();

  function conditionOf(sink: string): Condition {
    const condition = conditions.get(sink) ?? { inHand: 0, failures: 0, restsUntil: 0, sentAway: 0 };
    conditions.set(sink, condition);
    return condition;
  }

  function admit(sink: string, condition: Condition): void {
    const { inHand, failures, restsUntil } = condition;
    const delayMs = restsUntil - now();
    if (delayMs > 0) throw later(`${sink} rests.`, delayMs);
    if (inHand < (failures ? 1 : atOnce)) return;
    // The more wait for one that takes nothing, the less often each asks: thousands would leave no time for the others.
    const waitMs = queueMs * (1 + condition.sentAway++ / queueAtEase);
    throw later(`${sink} has enough in hand.`, Math.min(waitMs, restMs));
  }

  function succeeded(sink: string, condition: Condition): void {
    if (condition.failures >= enough) tell("sink.recovered", { sink, failures: condition.failures });
    condition.failures = 0;
    condition.sentAway = 0;
  }

  function failed(sink: string, condition: Condition, error: unknown): void {
    // A refusal is about the one event, and an answer.
    if (error instanceof PermanentError) return;
    if (error instanceof RetryLaterError) {
      condition.restsUntil = now() + error.delayMs;
      return;
    }
    condition.failures++;
    if (condition.failures < enough) return;
    condition.restsUntil = now() + restMs;
    if (condition.failures === enough) tell("sink.resting", { sink, failures: enough, error });
  }

  return {
    async pass(sink, deliver) {
      const condition = conditionOf(sink);
      admit(sink, condition);
      condition.inHand++;
      try {
        await deliver();
        succeeded(sink, condition);
      } catch (error) {
        failed(sink, condition, error);
        throw error;
      } finally {
        condition.inHand--;
      }
    },
  };
}

// Not all of them again at the same moment.
function later(message: string, delayMs: number): RetryLaterError {
  return new RetryLaterError(message, { delayMs: Math.ceil(delayMs * (1 + Math.random() / 2)) });
}
