// Owns: which columns a card may be put into, and what has to be asked first. Derived from the
// lifecycle's transitions, so that the board offers what the kernel accepts.

import { accepts } from "../../src/kernel/lifecycle/transitions.ts";
import type { Card } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";

/** What a person is asked before a move. */
export type Question =
  | "done"
  | "archive"
  | "block"
  | "waive"
  | "stop";

export type MovePlan =
  | { allowed: false; reason: string }
  | { allowed: true; ask: Question | null };

type Movable = Pick<Card, "status" | "open_parents">;

/** Judges putting `card` into the column `to`. */
export function planMove(card: Movable, to: string): MovePlan {
  const { status } = card;
  if (status === to) return { allowed: false, reason: `It is in ${statusTitle(to)} already` };
  switch (to) {
    case "running":
      if (accepts("claim", status)) return { allowed: true, ask: null };
      return { allowed: false, reason: "Only a ready task can be taken into work" };
    case "done":
      if (accepts("complete", status)) return { allowed: true, ask: "done" };
      return {
        allowed: false,
        reason: "A task that was not ready cannot be done; move it on first",
      };
    case "archived":
      return { allowed: true, ask: "archive" };
    case "blocked":
      return { allowed: true, ask: "block" };
    case "triage":
    case "todo":
    case "ready":
      if (status === "running") return { allowed: true, ask: "stop" };
      if (to === "ready" && status !== "blocked" && card.open_parents > 0) {
        return { allowed: true, ask: "waive" };
      }
      return { allowed: true, ask: null };
    default:
      return { allowed: false, reason: `${statusTitle(to)} belongs to another program` };
  }
}

/** Judges moving several cards together; the gravest question is asked once for all. */
export function planMoves(cards: readonly Movable[], to: string): MovePlan {
  const plans = cards.map((card) => planMove(card, to));
  const allowed = plans.filter((plan) => plan.allowed);
  if (allowed.length === 0) {
    const [first] = plans;
    return first ?? { allowed: false, reason: "Nothing is selected" };
  }
  const asks = allowed.map(({ ask }) => ask);
  const order: readonly Question[] = ["stop", "done", "archive", "block", "waive"];
  return { allowed: true, ask: order.find((question) => asks.includes(question)) ?? null };
}
