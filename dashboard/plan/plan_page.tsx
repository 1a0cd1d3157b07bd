// Owns: the page on which the plan for an idea is looked at, changed and approved.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams, useSearchParams } from "wouter";
import { get, RequestError, send } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { useTask } from "../api/queries.ts";
import type { Why } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { TaskLink } from "../shell/task_link.tsx";
import { PlanEditor } from "./plan_editor.tsx";
import type { Plan } from "./plan_draft.ts";
import { Thinking } from "./thinking.tsx";

interface Proposed {
  ok: boolean;
  /** Why there is no plan; empty when ok. */
  reason: string;
  plan: Plan | null;
}

export default function PlanPage() {
  const { id = "" } = useParams<{ id: string }>();
  return <PlanOfTask key={id} id={id} />;
}

function PlanOfTask({ id }: { id: string }) {
  const task = useTask(id);
  const inTriage = task.data?.task.status === "triage";
  const plan = useOpenPlan(id, inTriage);
  const ask = useAskForPlan(id);
  useAskedFor(inTriage && plan.data === null, () => ask.mutate());

  const error = task.error ?? plan.error;
  if (error) {
    const retry = () => void Promise.all([task, plan].map(({ refetch }) => refetch()));
    return (
      <div className="page-narrow">
        <Failure title="The plan cannot be shown" error={error} onRetry={retry} />
      </div>
    );
  }
  if (!task.data) return <Waiting />;
  const { title, status } = task.data.task;
  if (!inTriage) {
    return (
      <Empty icon="split" title="There is nothing to plan any more">
        <p>
          <TaskLink id={id}>{title}</TaskLink> is{" "}
          {statusTitle(status).toLowerCase()}, no longer in triage. Only ideas in triage are split.
        </p>
      </Empty>
    );
  }
  if (ask.isPending) return <Thinking title={title} since={ask.submittedAt} />;
  if (plan.data === undefined) return <Waiting />;
  if (plan.data === null) {
    return <NoPlan id={id} title={title} error={ask.error} onAsk={() => ask.mutate()} />;
  }
  return (
    <PlanEditor
      key={plan.data.id}
      latest={plan.data}
      askError={ask.error}
      onAskAgain={() => ask.mutate()}
    />
  );
}

function planPath(id: string): string {
  return `/tasks/${encodeURIComponent(id)}/plan`;
}

/**
 * The open plan of a task in triage; null when there is none. What the task waits for tells that: asking
 * for a plan that is not there is an error.
 */
function useOpenPlan(id: string, enabled: boolean) {
  return useQuery({
    queryKey: key("task", id, "plan"),
    queryFn: async ({ signal }) => {
      const { gates } = await get<Why>(`/tasks/${encodeURIComponent(id)}/why`, { signal });
      if (!gates.some(({ gate }) => gate === "plan_proposed")) return null;
      return await get<{ plan: Plan }>(planPath(id), { signal }).then(
        ({ plan }) => plan,
        (error) => {
          // Somebody was quicker.
          if (error instanceof RequestError && error.status === 404) return null;
          throw error;
        },
      );
    },
    enabled,
  });
}

function useAskForPlan(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { ok, reason, plan } = await send<Proposed>("POST", planPath(id), { body: {} });
      if (!ok || !plan) throw new Error(reason || "The planner gave no reason");
      return plan;
    },
    async onSuccess(plan) {
      client.setQueryData(key("task", id, "plan"), plan);
      await client.invalidateQueries({ queryKey: key("task", id) });
    },
  });
}

/** `?ask` in the address means that somebody has just asked for it; reloading does not ask again. */
function useAskedFor(ready: boolean, ask: () => void): void {
  const [search, setSearch] = useSearchParams();
  const asked = search.has("ask");
  useEffect(() => {
    if (!ready || !asked) return;
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.delete("ask");
      return next;
    }, { replace: true });
    ask();
  }, [ready, asked]);
}

function NoPlan(
  { id, title, error, onAsk }: { id: string; title: string; error: unknown; onAsk(): void },
) {
  return (
    <div className="page-narrow stack plan-none">
      <Empty
        icon="split"
        title="No plan yet"
        action={<Button look="primary" icon="sparkle" onClick={onAsk}>Ask for a plan</Button>}
      >
        <p>
          The planner splits <TaskLink id={id}>{title}</TaskLink>{" "}
          into tasks, chooses a profile for each, and says what waits for what. Nothing is created
          before you approve it.
        </p>
      </Empty>
      {error !== null && error !== undefined && <Failure title="There is no plan" error={error} />}
    </div>
  );
}

function Waiting() {
  return (
    <div className="page-padded">
      <SkeletonLines lines={6} />
    </div>
  );
}
