// Owns: the plan on the screen: changes at once, sent a moment later, and never overwritten by older news.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { send } from "../api/client.ts";
import { key } from "../api/keys.ts";
import {
  type Draft,
  draftOf,
  type Plan,
  type PlanTask,
  problemOf,
  writtenTasks,
} from "./plan_draft.ts";

export type SaveState = "saved" | "waiting" | "saving" | "failed";

export interface PlanDraft {
  draft: Draft;
  /** The plan as the server has it. */
  plan: Plan;
  /** What the server knows about a task: reasons, size, duplicates. */
  factsOf(key: string): PlanTask | undefined;
  change(next: (draft: Draft) => Draft): void;
  state: SaveState;
  /** Why the last attempt to save failed. */
  error: unknown;
  /** Sends what is not sent yet. @throws RequestError */
  flush(): Promise<void>;
  /** Gives up changes that could not be saved. */
  revert(): void;
}

/** Typing goes on this many milliseconds before it is sent. */
const pauseMs = 700;

interface Kept {
  plan: Plan;
  keys: readonly string[];
}

export function usePlanDraft(latest: Plan): PlanDraft {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(latest));
  const [kept, setKept] = useState<Kept>(() => keptOf(latest, draftOf(latest)));
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<unknown>(null);
  const current = useRef({ draft, sent: draft, state, sending: null as Promise<void> | null });
  current.current.draft = draft;
  current.current.state = state;

  const take = (plan: Plan) => {
    const fresh = draftOf(plan);
    current.current.sent = fresh;
    setDraft(fresh);
    setKept(keptOf(plan, fresh));
    setState("saved");
    setError(null);
  };
  // Somebody else's change is taken over while there is nothing of one's own to lose.
  useEffect(() => {
    const newer = latest.id !== kept.plan.id ||
      latest.updated_at >= kept.plan.updated_at && !sameTasks(latest, kept.plan);
    if (current.current.state === "saved" && newer) take(latest);
    else if (latest.id === kept.plan.id && latest.stale !== kept.plan.stale) {
      setKept(({ keys, plan }) => ({ keys, plan: { ...plan, stale: latest.stale } }));
    }
  }, [latest]);

  const save = useCallback((): Promise<void> => {
    const { draft, sent, sending } = current.current;
    if (sending) return sending.then(save);
    if (draft === sent || draft.some(problemOf)) return Promise.resolve();
    setState("saving");
    const body = { tasks: writtenTasks(draft), plan_id: kept.plan.id };
    const path = `/tasks/${encodeURIComponent(kept.plan.task_id)}/plan`;
    const request = send<{ plan: Plan }>("PUT", path, { body }).then(({ plan }) => {
      current.current.sent = draft;
      setKept(keptOf(plan, draft));
      setError(null);
      setState(current.current.draft === draft ? "saved" : "waiting");
      client.setQueryData(key("task", plan.task_id, "plan"), plan);
    }, (reason) => {
      setError(reason);
      setState("failed");
      throw reason;
    }).finally(() => {
      current.current.sending = null;
    });
    current.current.sending = request;
    return request;
  }, [kept.plan.id, kept.plan.task_id, client]);

  useEffect(() => {
    const { sent, sending } = current.current;
    if (draft === sent && sending === null) return;
    const timer = setTimeout(() => void save().catch(() => {}), pauseMs);
    return () => clearTimeout(timer);
  }, [draft, save]);

  const change = useCallback((next: (draft: Draft) => Draft) => {
    const { draft, sent, sending } = current.current;
    const after = next(draft);
    if (after === draft) return;
    current.current.draft = after;
    setDraft(after);
    setState(after === sent && sending === null ? "saved" : "waiting");
  }, []);
  const positions = new Map(kept.keys.map((key, index) => [key, index]));
  return {
    draft,
    plan: kept.plan,
    factsOf: (key) => kept.plan.tasks[positions.get(key) ?? -1],
    change,
    state,
    error,
    flush: async () => {
      await save();
      if (current.current.draft !== current.current.sent) throw new Error("the plan is not saved");
    },
    revert: () => take(latest.id === kept.plan.id ? kept.plan : latest),
  };
}

function keptOf(plan: Plan, draft: Draft): Kept {
  return { plan, keys: draft.map(({ key }) => key) };
}

function sameTasks(a: Plan, b: Plan): boolean {
  const words = (plan: Plan) =>
    JSON.stringify(
      plan.tasks.map(({ title, body, assignee, parents }) => [title, body, assignee, parents]),
    );
  return words(a) === words(b);
}
