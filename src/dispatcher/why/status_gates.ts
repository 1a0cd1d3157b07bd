// Owns: the gates of each status. Pure.

import { formatDuration } from "../../base/duration.ts";
import { firstLine, plural } from "../../base/text.ts";
import type { PlanningHold } from "../../kernel/plannable.ts";
import { type Gate, person, type WhyFacts } from "./gate.ts";

/** Planning is the way out of triage. */
export function triageGates(facts: WhyFacts): Gate[] {
  const { task, planning, intervalSeconds } = facts;
  const plan = `hermes kanban decompose ${task.id}`;
  const hold = planning.stand?.hold ?? null;
  if (hold?.type === "proposed") return [proposedGate(facts, hold)];
  if (task.loop_guard === 1) {
    const text = `It was blocked for the same kind of reason ${task.block_recurrences} times ` +
      `(${task.block_kind ?? "unknown"}) and came back to triage: it is not planned by itself.`;
    const hint = `hermes kanban edit ${task.id} --body "…" and then ${plan}`;
    return [person("loop_guard", text, hint, "when somebody plans or moves it")];
  }
  if (!planning.auto) {
    const text = "It is in triage and automatic planning is off (kanban.auto_decompose).";
    return [person("planning_off", text, plan, "when somebody plans it")];
  }
  if (planning.problem !== null) {
    const text = `It is in triage and no model can plan it: ${
      planning.problem.replace(/\.$/, "")
    }.`;
    const look = "when a model is configured, within one dispatch interval";
    return [person("no_planner_model", text, null, look)];
  }
  if (hold?.type === "deep") {
    const text = `It came out of decomposition number ${hold.depth} inside of one another, more ` +
      `than kanban.auto_decompose_max_depth (${planning.limits.maxDepth}): it is not planned by itself.`;
    return [person("too_deep", text, plan, "when somebody plans or moves it")];
  }
  if (hold?.type === "touched") return [touchedGate(facts, hold.at)];
  const ahead = planning.stand?.ahead ?? 0;
  const queue = ahead === 0
    ? ""
    : ` ${plural(ahead, "idea")} ${ahead === 1 ? "goes" : "go"} before it, and at most ` +
      `${planning.perTick} are planned per ${formatDuration(intervalSeconds)} ` +
      "(kanban.auto_decompose_per_tick).";
  return [{
    gate: "planning",
    owner: "planner",
    owner_name: null,
    text: `It is in triage: the planner of the gateway is to split it into tasks.${queue}`,
    remedy: plan,
    next_look: `within ${formatDuration(intervalSeconds)}; after a failed try, later each time`,
    next_look_at: null,
  }];
}

/** A proposed plan has the word, whoever else could plan. */
function proposedGate(
  { task, now, planning }: WhyFacts,
  { author, at, tasks }: Extract<PlanningHold, { type: "proposed" }>,
): Gate {
  const large = tasks > planning.maxChildren
    ? `, more than kanban.auto_decompose_max_children (${planning.maxChildren}),`
    : "";
  const text = `A plan of ${plural(tasks, "task")}${large} was proposed by ` +
    `${author ?? "somebody"} ${formatDuration(now - at)} ago and waits for a word.`;
  const remedy = `hermes kanban plan show ${task.id}; hermes kanban plan approve ${task.id}`;
  return person("plan_proposed", text, remedy, "when somebody approves or discards the plan");
}

/** Somebody may not have finished typing. */
function touchedGate({ task, planning, now }: WhyFacts, at: number): Gate {
  const { quietSeconds } = planning.limits;
  return {
    gate: "being_edited",
    owner: "clock",
    owner_name: null,
    text: `Somebody edited it or wrote on it ${formatDuration(now - at)} ago: it is planned once ` +
      `it was left alone for ${
        formatDuration(quietSeconds)
      } (kanban.auto_decompose_quiet_seconds).`,
    remedy: `hermes kanban decompose ${task.id}`,
    next_look: `in ${formatDuration(at + quietSeconds - now)}`,
    next_look_at: at + quietSeconds,
  };
}

/** Parents and parking keep a task in todo. */
export function todoGates(facts: WhyFacts): Gate[] {
  const { task, openParents } = facts;
  const gates = parentGates(facts);
  if (task.held === 1) {
    const text = "It was parked in todo: it stays there until somebody promotes it.";
    const promote = `hermes kanban promote ${task.id}`;
    gates.push(person("held", text, promote, "when somebody promotes it"));
  } else if (openParents.length === 0) {
    gates.push({
      gate: "to_promote",
      owner: "dispatcher",
      owner_name: null,
      text: "Nothing keeps it in todo any more: the next pass makes it ready.",
      remedy: `hermes kanban promote ${task.id}`,
      next_look: "at the next pass of the dispatcher, or the next `kanban list`",
      next_look_at: null,
    });
  }
  return gates;
}

/** One gate for each parent that is not done. */
export function parentGates({ task, openParents }: WhyFacts): Gate[] {
  return openParents.map(({ id, title, status, assignee }) => {
    const lost = status === "archived";
    return {
      gate: lost ? "parent_archived" : "parent_open",
      owner: "task" as const,
      owner_name: id,
      text: lost
        ? `It waits for "${title}" (${id}), which was archived before it was done.`
        : `It waits for "${title}" (${id}), which is ${status}` +
          `${assignee === null ? "" : ` and belongs to ${assignee}`}.`,
      remedy: lost ? `hermes kanban unlink ${id} ${task.id}` : `hermes kanban why ${id}`,
      next_look: lost ? "when the link is removed" : `when ${id} is done, in the same moment`,
      next_look_at: null,
    };
  });
}

/** A block, or attempts that failed too often. */
export function blockedGates(facts: WhyFacts): Gate[] {
  const { task, block, failureLimit } = facts;
  const unblock = `hermes kanban unblock ${task.id}`;
  const look = "when somebody unblocks it";
  if (block?.by === "breaker") {
    const limit = task.max_retries ?? failureLimit;
    const text = `It was given up after ${plural(task.consecutive_failures, "failed attempt")} ` +
      `(limit ${limit}). The last one: ${firstLine(task.last_failure_error) ?? "unknown"}`;
    return [person("gave_up", text, `hermes kanban log ${task.id}; ${unblock}`, look)];
  }
  const kind = task.block_kind === null ? "" : ` (${task.block_kind})`;
  const reason = firstLine(block?.reason);
  const text = reason === null
    ? `It is blocked${kind}, without a reason.`
    : `It is blocked${kind}: ${reason}`;
  const answer = `hermes kanban comment ${task.id} "<answer>"; ${unblock}`;
  return [person("blocked", text, answer, look)];
}

/** A status that only its own program understands. */
export function foreignStatus(facts: WhyFacts): Gate {
  const { id, status } = facts.task;
  const text = `Its status "${status}" belongs to another program: hermes leaves it alone.`;
  const look = "when that program or a person moves it";
  return person("foreign_status", text, `hermes kanban move ${id} ready`, look);
}
