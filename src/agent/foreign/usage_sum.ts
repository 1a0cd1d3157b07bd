// Owns: what an attempt has used over all its conversations. Pure.

import type { Reading } from "../../lanes/output_reader.ts";
import type { UsageTotals } from "../../llm/usage.ts";
import type { EarlierRun } from "./resume.ts";

type Figures = Pick<Reading, "model" | "inputTokens" | "outputTokens" | "costUsd">;

/** What one start of the program told. */
type Told = Figures & Pick<Reading, "session">;

const nothing: Figures = { model: null, inputTokens: null, outputTokens: null, costUsd: null };

/** What the attempts before `runId` used in a session. */
export function usedBefore(
  runs: readonly EarlierRun[],
  runId: number,
): (session: string) => Figures {
  return (session) =>
    runs.filter((run) => run.id < runId && run.worker_session_id === session)
      .map((run): Figures => ({
        ...{ model: null, inputTokens: run.input_tokens, outputTokens: run.output_tokens },
        costUsd: run.cost_usd,
      }))
      .reduce(plus, nothing);
}

/** Adds conversations up. What is unknown of one is unknown of none: only known figures are added. */
export class UsageSum {
  readonly #before: ((session: string) => Figures) | null;
  readonly #sessions = new Map<string, Figures>();
  #done = nothing;

  /**
   * @param before for a program that counts a session from its beginning, whenever that was: what earlier attempts
   * used in it; null for one that counts from its start.
   */
  constructor(before: ((session: string) => Figures) | null) {
    this.#before = before;
  }

  /** The totals, with those of the conversation under way. */
  with(now: Told, model: string | null): UsageTotals {
    const sessions = new Map(this.#sessions);
    const alone = this.#put(sessions, now);
    const sum = [...sessions.values()].reduce(plus, alone);
    const { inputTokens, outputTokens, costUsd } = sum;
    // A program that has no price for its model says that it was free.
    const isPriced = costUsd !== 0 || !(inputTokens || outputTokens);
    return {
      model: sum.model ?? model,
      inputTokens,
      outputTokens,
      cost: isPriced ? costUsd : null,
    };
  }

  /** Closes a conversation. */
  add(conversation: Told): void {
    this.#done = this.#put(this.#sessions, conversation);
  }

  /** Puts figures where they belong; returns those that belong to no session. */
  #put(sessions: Map<string, Figures>, now: Told): Figures {
    const { session } = now;
    if (this.#before === null || session === null) return plus(this.#done, now);
    const figures = minus(now, this.#before(session));
    sessions.set(session, newest(sessions.get(session) ?? nothing, figures));
    return this.#done;
  }
}

function plus(a: Figures, b: Figures): Figures {
  return each(a, b, (one, other) => one === null || other === null ? one ?? other : one + other);
}

function minus(a: Figures, b: Figures): Figures {
  return each(a, b, (one, other) => one === null ? null : Math.max(0, one - (other ?? 0)));
}

function newest(a: Figures, b: Figures): Figures {
  return each(a, b, (one, other) => other ?? one);
}

function each(
  a: Figures,
  b: Figures,
  join: (one: number | null, other: number | null) => number | null,
): Figures {
  return {
    model: b.model ?? a.model,
    inputTokens: join(a.inputTokens, b.inputTokens),
    outputTokens: join(a.outputTokens, b.outputTokens),
    costUsd: join(a.costUsd, b.costUsd),
  };
}
