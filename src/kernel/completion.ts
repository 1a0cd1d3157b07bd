// Owns: completing a task with a handoff whose claims are checked.

import { type Board, write } from "./board.ts";
import type { WriteTx } from "./engine/port.ts";
import { type Applied, apply, type ApplyEnv, refusalError } from "./lifecycle/apply.ts";
import type { Refusal } from "./lifecycle/decision.ts";
import { appendEvent } from "./queries/events.ts";
import { sql, taskById } from "./queries/tasks.ts";
import { rememberCommands } from "./undo/remember.ts";

type Accepted = Extract<Applied, { ok: true }>;

/** What a worker hands over. */
export interface Handoff {
  result: string | null;
  summary: string | null;
  metadata: Record<string, unknown> | null;
  /** Ids of the tasks it says it created. */
  createdCards: readonly string[];
  /** Files it made, where they will stay. */
  artifacts: readonly Artifact[];
}

/** A file that came of a task. */
export interface Artifact {
  name: string;
  /** Absolute path of a place that outlives the workspace. */
  path: string;
  /** Bytes. */
  size: number;
}

/** How ids of tasks look in prose. */
const idInProse = /\bt_[0-9a-f]{8,}\b/g;

/** Ids in prose that are looked up at most. */
const maxMentioned = 100;

/**
 * Completes a task. Ids of created tasks that name none refuse the completion, on record, and leave the task as it
 * is; ids that are only mentioned in the text are noted.
 *
 * @param fence the run of the worker that asks; refused once that run is closed.
 * @param person who can undo it; null when no person asks.
 * @param agent whether a model asks, which in goal mode needs the judge's word.
 * @throws HermesError `not_found`, `refused`, `invalid` naming the ids, `fenced`.
 */
export async function completeTask(
  board: Board,
  taskId: string,
  handoff: Handoff,
  { fence, person, agent = false }: {
    fence: number | null;
    person: string | null;
    agent?: boolean;
  },
): Promise<Accepted> {
  const applied = await write(board, async (tx, env): Promise<Applied> => {
    const unknown = await unknownIds(tx, handoff.createdCards);
    if (unknown.length > 0) return await refuseCards(tx, env, taskId, fence, unknown);
    const before = await taskById(tx, taskId);
    const { createdCards, artifacts, ...rest } = handoff;
    const evidence = {
      ...(createdCards.length > 0 ? { created_cards: createdCards } : {}),
      ...(artifacts.length > 0 ? { artifacts } : {}),
    };
    const command = { type: "complete", ...rest, evidence } as const;
    const applied = await apply(tx, env, taskId, command, { fence, agent });
    if (!applied.ok) return applied;
    if (person !== null && before) {
      await rememberCommands(tx, env, person, before, [{ command, applied }]);
    }
    await noteMentions(tx, env, taskId, applied.runId, handoff);
    return applied;
  });
  if (!applied.ok) throw refusalError(applied.refusal);
  return applied;
}

/** Those of the ids that name no task of this board. */
async function unknownIds(tx: WriteTx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.all<{ id: string }>(sql.knownIds, [JSON.stringify(ids)]);
  const known = new Set(rows.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => !known.has(id));
}

async function refuseCards(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  fence: number | null,
  unknown: readonly string[],
): Promise<{ ok: false; refusal: Refusal }> {
  const task = await taskById(tx, taskId);
  if (task && (fence === null || task.current_run_id === fence)) {
    await appendEvent(tx, {
      taskId,
      runId: fence,
      kind: "completion_blocked_hallucination",
      payload: { unknown },
      at: env.now,
    });
  }
  return {
    ok: false,
    refusal: {
      code: "invalid",
      message: `Cannot complete task "${taskId}": created_cards names ${unknown.join(", ")}, ` +
        "and this board has no such task",
      remedy:
        "The task is still in flight. Create what is missing with kanban_create, or leave the ids " +
        "out, and complete it again.",
      details: { unknown },
    },
  };
}

async function noteMentions(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  runId: number | null,
  { summary, result }: Handoff,
): Promise<void> {
  const mentioned = [...`${summary ?? ""}\n${result ?? ""}`.matchAll(idInProse)].map(([id]) => id);
  const ids = await unknownIds(tx, [...new Set(mentioned)].slice(0, maxMentioned));
  if (ids.length === 0) return;
  const payload = { ids };
  const kind = "suspected_hallucinated_references";
  await appendEvent(tx, { taskId, runId, kind, payload, at: env.now });
}
