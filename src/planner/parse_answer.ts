// Owns: from the planner model's text to a cleaned answer, forgiving in form and strict in substance.

import { cut } from "../base/text.ts";
import { parseLenientObject } from "../llm/lenient_json.ts";
import { textOf, titleOf } from "./model_text.ts";

/** No idea needs more; beyond this a model is repeating itself. */
export const mostTasks = 50;
/** Most impossible parents that are named. */
const mostNamed = 20;
/** Most characters of the reason for a choice. */
const longestReason = 400;

/** Whom the model chose, and why. */
export interface AnswerRouting {
  /** What the model wrote, trimmed; null when it named nobody. */
  assignee: string | null;
  /** Why this one; null when the model did not say. */
  why: string | null;
  /** The second choice as the model wrote it; null when it named none. */
  runnerUp: string | null;
}

/** One task of an answer. */
export interface AnswerTask extends AnswerRouting {
  title: string;
  body: string;
  /** Positions in the list of tasks, ascending, without repeats. */
  parents: number[];
}

/** What the model decided. */
export type Answer =
  | { fanout: true; rationale: string; tasks: AnswerTask[]; dropped: string[] }
  | {
    fanout: false;
    rationale: string;
    /** Null when the model gave none. */
    title: string | null;
    body: string | null;
  } & AnswerRouting;

/** An answer, or why the text is none. */
export type ParsedAnswer = { ok: true; answer: Answer } | { ok: false; reason: string };

/**
 * Reads the model's reply. Fences and surrounding prose are ignored; parents that cannot be meant
 * (booleans, fractions, positions outside the list, the task itself) are dropped and named in
 * `dropped`. A fan-out without tasks, a task that is no object and a missing title are failures
 * that name the position. Never throws.
 */
export function parseAnswer(text: string): ParsedAnswer {
  const parsed = parseLenientObject(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return meansFanout(value) ? readFanout(value) : readSingle(value);
}

/** What the model said, also as text; when it said neither yes nor no, tasks speak for themselves. */
function meansFanout({ fanout, tasks }: Record<string, unknown>): boolean {
  const said = typeof fanout === "string" ? fanout.trim().toLowerCase() : fanout;
  if (said === true || said === "true") return true;
  if (said === false || said === "false") return false;
  return Array.isArray(tasks) && tasks.length > 0;
}

function readFanout(value: Record<string, unknown>): ParsedAnswer {
  const given = value["tasks"];
  if (!Array.isArray(given) || given.length === 0) {
    return failed("the plan has fanout true but no tasks");
  }
  if (given.length > mostTasks) {
    return failed(`the plan has ${given.length} tasks, more than the ${mostTasks} allowed`);
  }
  const tasks: AnswerTask[] = [];
  const dropped: string[] = [];
  for (const [index, item] of given.entries()) {
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      return failed(`task ${index} of the plan is not an object`);
    }
    const { title, body, parents } = item as Record<string, unknown>;
    const cleanTitle = titleOf(title);
    if (cleanTitle === null) return failed(`task ${index} of the plan has no title`);
    tasks.push({
      title: cleanTitle,
      body: textOf(body) ?? "",
      ...routingOf(item as Record<string, unknown>),
      parents: cleanParents(parents, index, given.length, dropped),
    });
  }
  return { ok: true, answer: { fanout: true, rationale: rationaleOf(value), tasks, dropped } };
}

function readSingle(value: Record<string, unknown>): ParsedAnswer {
  const title = titleOf(value["title"]);
  const body = textOf(value["body"]);
  if (title === null && body === null) return failed("the answer has neither a title nor a body");
  return {
    ok: true,
    answer: { fanout: false, rationale: rationaleOf(value), title, body, ...routingOf(value) },
  };
}

function routingOf({ assignee, why, runner_up }: Record<string, unknown>): AnswerRouting {
  const reason = textOf(why)?.replace(/\s+/g, " ");
  return {
    assignee: textOf(assignee),
    why: reason === undefined ? null : cut(reason, longestReason),
    runnerUp: textOf(runner_up),
  };
}

function cleanParents(given: unknown, self: number, count: number, dropped: string[]): number[] {
  if (!Array.isArray(given)) return [];
  const kept = new Set<number>();
  for (const parent of given as unknown[]) {
    const isPosition = typeof parent === "number" && Number.isInteger(parent) && parent >= 0 &&
      parent < count && parent !== self;
    if (isPosition) kept.add(parent);
    else if (dropped.length < mostNamed) {
      dropped.push(`task ${self}: parent ${cut(JSON.stringify(parent), 40)}`);
    }
  }
  return [...kept].sort((a, b) => a - b);
}

function rationaleOf(value: Record<string, unknown>): string {
  return textOf(value["rationale"]) ?? "";
}

function failed(reason: string): ParsedAnswer {
  return { ok: false, reason };
}
