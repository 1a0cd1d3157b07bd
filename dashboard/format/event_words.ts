// Owns: what happened to a task, as a sentence and a tone.

import type { EventKind } from "../../src/kernel/model/status.ts";
import { statusTitle } from "./status_words.ts";
import { dateTime, stopwatch } from "./time.ts";

/** Colour of an event: what went well green, what went wrong red, what began blue. */
export type EventTone = "grey" | "green" | "amber" | "red" | "blue" | "violet";

/** The parts of an event that its sentence is made of. */
export interface ToldEvent {
  kind: string;
  payload: unknown;
  run_id: number | null;
}

type Facts = Record<string, unknown>;

/** One sentence without the task's name: "Claimed by host:12", "Blocked: which colour?". */
export function eventSentence(event: ToldEvent): string {
  const facts = factsOf(event.payload);
  const say = sentences[event.kind as EventKind];
  if (say) return say(facts, event.run_id);
  return `${event.kind.replaceAll("_", " ")}${event.payload === null ? "" : ` ${brief(facts)}`}`;
}

export function eventTone(kind: string): EventTone {
  return tones.get(kind) ?? "grey";
}

const tones: ReadonlyMap<string, EventTone> = new Map(
  Object.entries(
    {
      blue: "created specified decomposed promoted unblocked spawned plan_proposed",
      green: "completed",
      amber: "claimed reclaimed rate_limited claim_rejected write_refused " +
        "suspected_hallucinated_references dependency_wait",
      red:
        "blocked block_loop_detected crashed timed_out spawn_failed protocol_violation gave_up " +
        "completion_blocked_hallucination",
      violet: "commented attached goal_judged",
    } satisfies Partial<Record<EventTone, string>>,
  ).flatMap(([tone, kinds]) => kinds.split(" ").map((kind) => [kind, tone as EventTone] as const)),
);

const sentences: Record<EventKind, (facts: Facts, run: number | null) => string> = {
  created: (facts) =>
    `Created in ${titled(facts) ?? "the board"}${
      part(facts, "assignee", (name) => `, for ${name}`)
    }${some(facts, "parents", (count) => `, waiting for ${count} ${noun(count, "task")}`)}`,
  promoted: () => "Nothing kept it any more: made ready",
  claimed: (facts, run) =>
    word(facts, "lock") === "manual"
      ? "Taken into work by hand"
      : `Run ${run ?? facts["run_id"] ?? ""} began`.trim(),
  claim_extended: () => "The worker's claim was extended",
  claim_rejected: (facts) =>
    `Not started${some(facts, "parents", (count) => `: ${count} ${noun(count, "task")} open`)}`,
  spawned: (facts) => `The worker started${part(facts, "pid", (pid) => ` as process ${pid}`)}`,
  heartbeat: (facts) => `The worker is alive${part(facts, "note", (note) => `: ${note}`)}`,
  completed: (facts) => `Completed${part(facts, "summary", (text) => `: ${text}`)}`,
  blocked: (facts) =>
    `Blocked${part(facts, "kind", (kind) => ` (${kind.replaceAll("_", " ")})`)}${
      part(facts, "reason", (reason) => `: ${reason}`)
    }`,
  block_loop_detected: (facts) =>
    `Blocked ${number(facts, "recurrences") ?? "several"} times for the same kind of reason: ` +
    "back to triage",
  dependency_wait: (facts) =>
    `Waits for tasks it depends on${part(facts, "reason", (reason) => `: ${reason}`)}`,
  unblocked: () => "Unblocked",
  archived: () => "Archived",
  assigned: (facts) => {
    const name = word(facts, "assignee");
    return name === null ? "Assigned to nobody" : `Assigned to ${name}`;
  },
  reprioritized: (facts) => `Priority ${number(facts, "priority") ?? "changed"}`,
  model_override_set: (facts) => {
    const model = word(facts, "model") ?? word(facts, "provider");
    return model === null ? "Back to its profile's model" : `Model ${model} chosen`;
  },
  scheduled: (facts) => {
    const at = number(facts, "not_before") ?? number(facts, "at");
    return at === null ? "Schedule lifted" : `Not before ${dateTime(at)}`;
  },
  edited: (facts) => `Edited${part(facts, "fields", (fields) => `: ${fields}`)}`,
  status: (facts) =>
    `Moved to ${titled(facts) ?? "another column"}${
      part(facts, "reason", (reason) => ` (${reason})`)
    }${
      some(
        facts,
        "waived_parents",
        (count) => `, without waiting for ${count} ${noun(count, "task")}`,
      )
    }${"undo" in facts ? ": an action was undone" : ""}`,
  reclaimed: (facts) =>
    `Taken away from its worker${part(facts, "reason", (reason) => `: ${reason}`)}`,
  crashed: (facts) => `The worker crashed${part(facts, "error", (error) => `: ${error}`)}`,
  timed_out: (facts) => {
    const limit = number(facts, "limit_seconds");
    return `Time ran out${limit === null ? "" : ` after ${stopwatch(limit)}`}`;
  },
  spawn_failed: (facts) =>
    `The worker could not start${part(facts, "error", (error) => `: ${error}`)}`,
  protocol_violation: (facts) =>
    `The worker ended without handing off${part(facts, "error", (error) => `: ${error}`)}`,
  rate_limited: (facts) => {
    const at = number(facts, "retry_at");
    return `The provider asked to slow down${at === null ? "" : `, until ${dateTime(at)}`}`;
  },
  gave_up: (facts) =>
    `Given up after ${number(facts, "failures") ?? "several"} failed runs${
      part(facts, "error", (error) => `: ${error}`)
    }`,
  commented: (facts) => `${word(facts, "author") ?? "Somebody"} commented`,
  linked: (facts) => `Waits for ${word(facts, "parent") ?? "another task"}`,
  unlinked: (facts) => `No longer waits for ${word(facts, "parent") ?? "another task"}`,
  specified: (facts) =>
    `Rewritten as one clear task${part(facts, "changed_fields", (fields) => `: ${fields}`)}`,
  decomposed: (facts) =>
    `Split into ${some(facts, "child_ids", (count) => `${count} ${noun(count, "task")}`)}`,
  plan_proposed: (facts) => {
    const count = number(facts, "tasks");
    return `A plan${count === null ? "" : ` of ${count} ${noun(count, "task")}`} was proposed${
      part(facts, "author", (author) => ` by ${author}`)
    }`;
  },
  plan_edited: (facts) => `The plan was edited${part(facts, "author", (name) => ` by ${name}`)}`,
  plan_discarded: (facts) =>
    `The plan was discarded${part(facts, "author", (name) => ` by ${name}`)}`,
  attached: (facts) => `${word(facts, "filename") ?? "A file"} attached`,
  attachment_removed: (facts) => `${word(facts, "filename") ?? "A file"} removed`,
  write_refused: (facts) =>
    `A worker whose run was over tried to ${word(facts, "operation") ?? "write"}: refused`,
  goal_judged: (facts) =>
    `The judge ${facts["passed"] === true ? "accepted" : "did not accept"} the result${
      part(facts, "reason", (reason) => `: ${reason}`)
    }`,
  completion_blocked_hallucination: (facts) =>
    `Completion refused: it names tasks that do not exist${
      part(facts, "unknown", (ids) => ` (${ids})`)
    }`,
  suspected_hallucinated_references: (facts) =>
    `Its handoff mentions tasks that do not exist${part(facts, "ids", (ids) => ` (${ids})`)}`,
};

function factsOf(payload: unknown): Facts {
  return typeof payload === "object" && payload !== null ? payload as Facts : {};
}

/** A text among the facts; null when it is absent or empty. */
function word(facts: Facts, name: string): string | null {
  const value = facts[name];
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** What the status among the facts is called. */
function titled(facts: Facts): string | null {
  const status = word(facts, "status");
  return status === null ? null : statusTitle(status);
}

function number(facts: Facts, name: string): number | null {
  const value = facts[name];
  return typeof value === "number" ? value : null;
}

function part(facts: Facts, name: string, say: (value: string) => string): string {
  const value = word(facts, name);
  return value === null ? "" : say(value);
}

/** Says something about how many a list has; "" for none. */
function some(facts: Facts, name: string, say: (count: number) => string): string {
  const value = facts[name];
  return Array.isArray(value) && value.length > 0 ? say(value.length) : "";
}

function noun(count: number, one: string): string {
  return count === 1 ? one : `${one}s`;
}

function brief(facts: Facts): string {
  const text = JSON.stringify(facts);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
