// Owns: explaining why a task does not run. Pure: facts in, every gate with its owner out.

import { formatDuration } from "../../base/duration.ts";
import { plural } from "../../base/text.ts";
import { isExpired } from "../rules/expired.ts";
import { budgetGates, budgetNotes, dayGates } from "./budget_gates.ts";
import { type Explanation, type Gate, type GateOwner, person, type WhyFacts } from "./gate.ts";
import {
  blockedGates,
  foreignStatus,
  parentGates,
  todoGates,
  triageGates,
} from "./status_gates.ts";
import { dispatcherGates, limitGates, workerGates } from "./worker_gates.ts";

const ownerWords: Record<GateOwner, string> = {
  person: "a person",
  task: "another task",
  planner: "the planner",
  dispatcher: "the dispatcher",
  profile: "a profile",
  clock: "the clock",
  provider: "the model provider",
  limit: "a limit",
  worker: "a worker",
};

/** Lists every gate between a task and a worker, those of its status first. */
export function explain(facts: WhyFacts): Explanation {
  const notes = ["done", "archived"].includes(facts.task.status) ? [] : budgetNotes(facts);
  return { ...judge(facts), notes };
}

type Judgement = Omit<Explanation, "notes">;

function judge(facts: WhyFacts): Judgement {
  const { task } = facts;
  switch (task.status) {
    case "running":
      return running(facts);
    case "done":
      return finished("done", "It is done.", `hermes kanban move ${task.id} ready`);
    case "archived":
      return finished("archived", "It is archived.", `hermes kanban move ${task.id} ready`);
    case "triage":
      return waiting([...triageGates(facts), ...dayGates(facts), ...dispatcherGates(facts)]);
    case "todo":
      return waiting([...todoGates(facts), ...workerGates(facts), ...budgetGates(facts)]);
    case "blocked":
      return waiting([
        ...blockedGates(facts),
        ...parentGates(facts),
        ...workerGates(facts),
        ...budgetGates(facts),
      ]);
    case "ready":
      return ready(facts);
    default:
      return waiting([foreignStatus(facts)]);
  }
}

function waiting(gates: Gate[]): Judgement {
  const owners = new Set(gates.map(({ owner, owner_name }) => owner_name ?? ownerWords[owner]));
  return { verdict: "waiting", text: `It waits for ${[...owners].join(", ")}.`, gates };
}

function finished(gate: string, text: string, remedy: string): Judgement {
  const reopen = person(gate, text, remedy, "when somebody reopens it");
  return { verdict: "finished", text, gates: [reopen] };
}

function ready(facts: WhyFacts): Judgement {
  const gates = [
    // A foreign program may have made it ready over open parents: the claim looks at them again.
    ...parentGates(facts),
    ...workerGates(facts),
    ...budgetGates(facts),
    ...limitGates(facts),
  ];
  if (gates.length > 0) return waiting(gates);
  const place = facts.ahead === 0 ? "It is next" : `${plural(facts.ahead, "task")} go before it`;
  const text = `Nothing keeps it: the dispatcher starts it at its next look. ${place}.`;
  return { verdict: "starting", text, gates };
}

function running(facts: WhyFacts): Judgement {
  const { task, run, now } = facts;
  const who = run?.profile ?? task.assignee ?? "somebody";
  const since = run?.started_at ?? task.started_at;
  const parts = [
    `${run ? `Run ${run.id} of ${who}` : who}` +
    (since === null ? "" : `, for ${formatDuration(now - since)}`),
    task.claim_lock === null ? "no claim" : `claimed by ${task.claim_lock}`,
    run?.lane === null ? "started by hand" : null,
    task.worker_pid === null ? null : `process ${task.worker_pid}`,
    task.last_heartbeat_at === null
      ? "no heartbeat yet"
      : `last heartbeat ${formatDuration(now - task.last_heartbeat_at)} ago`,
  ].filter((part) => part !== null);
  const text = `${parts.join("; ")}.`;
  const gate: Gate = {
    gate: "running",
    owner: "worker",
    owner_name: who,
    text,
    remedy: `hermes kanban reclaim ${task.id}`,
    ...claimEnd(facts),
  };
  return { verdict: "running", text, gates: [gate] };
}

/** When the dispatcher will look at a claim. */
function claimEnd(
  { task, run, now, dispatching }: WhyFacts,
): Pick<Gate, "next_look" | "next_look_at"> {
  const limit = run?.max_runtime_seconds ?? null;
  const overdue = run && limit !== null ? run.started_at + limit : null;
  const ends = [task.claim_expires, overdue].filter((at) => at !== null);
  if (ends.length === 0) {
    return { next_look: "never: the claim has no end", next_look_at: null };
  }
  const at = Math.min(...ends);
  const whose = at === overdue ? "its time is up" : "the claim expires";
  if (!dispatching) return { next_look: "once a dispatcher runs", next_look_at: null };
  if (isExpired({ claim_expires: at }, now)) {
    return { next_look: "at the dispatcher's next look", next_look_at: now };
  }
  return { next_look: `when ${whose}, in ${formatDuration(at - now)}`, next_look_at: at };
}
