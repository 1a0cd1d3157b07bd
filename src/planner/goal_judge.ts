// Owns: asking the judge of goal mode whether a task's goal is reached, with failures as a verdict of their own.

import { cut } from "../base/text.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import { askAuxiliary, type AuxiliaryDeps } from "../llm/auxiliary.ts";
import { parseLenientObject } from "../llm/lenient_json.ts";
import { textOf } from "./model_text.ts";
import judgePrompt from "./prompts/goal_judge.txt" with { type: "text" };

/** What the judge is shown besides the goal. */
export interface Evidence {
  /** What the agent wants to hand over; null when it only stopped. */
  handoff: string | null;
  /** The newest part of the record of what it did; empty when there is none. */
  record: string;
}

/** What the judge found. */
export interface Judgement {
  /** Null when it could not decide: no model, no answer, or none that can be read. */
  passed: boolean | null;
  /** For the agent: what is missing, or what shows that nothing is. */
  reason: string;
}

const longestTitle = 400;
const longestBody = 16_000;
const longestHandoff = 8_000;
const longestReason = 1_500;

/** The form of the answer, for models that keep to a schema. */
const form = {
  name: "verdict",
  schema: {
    type: "object",
    properties: { reached: { type: "boolean" }, reason: { type: "string" } },
    required: ["reached", "reason"],
    additionalProperties: false,
  },
};

/** Asks the judge. @throws only the signal's reason when it is aborted, and bugs. */
export async function judgeGoal(
  deps: AuxiliaryDeps & { signal?: AbortSignal },
  task: Pick<TaskRow, "title" | "body">,
  evidence: Evidence,
): Promise<Judgement> {
  const asked = await askAuxiliary(deps, "goal_judge", {
    system: judgePrompt,
    user: question(task, evidence),
    temperature: 0,
    maxTokens: 2000,
    form,
    signal: deps.signal,
  });
  return asked.ok ? readVerdict(asked.reply.text) : { passed: null, reason: asked.reason };
}

/** Reads the judge's answer; what cannot be read is no verdict. Never throws. */
export function readVerdict(text: string): Judgement {
  const parsed = parseLenientObject(text);
  if (!parsed.ok) return { passed: null, reason: "the judge's answer cannot be read" };
  const reached = asFlag(parsed.value["reached"]);
  if (reached === null) {
    return { passed: null, reason: 'the judge\'s answer says neither yes nor no under "reached"' };
  }
  const reason = textOf(parsed.value["reason"]);
  if (reason !== null) return { passed: reached, reason: cut(reason, longestReason) };
  return { passed: reached, reason: reached ? "the judge agrees" : "the judge gave no reason" };
}

function asFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "true" || word === "yes") return true;
  return word === "false" || word === "no" ? false : null;
}

function question(
  { title, body }: Pick<TaskRow, "title" | "body">,
  { handoff, record }: Evidence,
): string {
  return [
    "GOAL",
    `title: ${cut(title.replace(/\s+/g, " ").trim(), longestTitle)}`,
    `body:\n${cut(body?.trim() ?? "", longestBody) || "(none: the title is all there is)"}`,
    "",
    "HANDOFF",
    handoff === null
      ? "(none: the agent stopped without handing over)"
      : cut(handoff, longestHandoff),
    "",
    "RECORD",
    record || "(none)",
    "",
    'Is the goal reached? Answer {"reached": …, "reason": "…"}.',
  ].join("\n");
}
