// Owns: the bar on top of a plan: approving, discarding, asking again, and whether changes are saved.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { PlanApproveOutput } from "../../src/ops/planning/plan_approve.ts";
import { send } from "../api/client.ts";
import { boardScope } from "../api/keys.ts";
import { Button } from "../parts/button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import { taskHref } from "../shell/place.ts";
import { TaskLink } from "../shell/task_link.tsx";
import { problemOf } from "./plan_draft.ts";
import type { PlanDraft, SaveState } from "./use_plan_draft.ts";

const saveWords: Readonly<Record<SaveState, string>> = {
  saved: "Saved",
  waiting: "Not saved yet",
  saving: "Saving…",
  failed: "Not saved",
};

type Question = "approve" | "discard" | "again";

export function PlanDecision(
  { edited, onAskAgain }: { edited: PlanDraft; onAskAgain(): void },
) {
  const { draft, plan, state, flush } = edited;
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState<Question | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/tasks/${encodeURIComponent(plan.task_id)}/plan`;
  const count = `${draft.length} ${draft.length === 1 ? "task" : "tasks"}`;
  const broken = draft.some((task) => problemOf(task) !== null);

  const approve = async (anyway: boolean) => {
    await flush();
    const { child_ids } = await send<PlanApproveOutput>("POST", `${path}/approve`, {
      body: { plan_id: plan.id, anyway },
    });
    showToast({
      text: child_ids.length > 0 ? `Created ${child_ids.length} tasks` : "The task was rewritten",
      tone: "good",
    });
    const page = child_ids.length > 0
      ? `/graph/${encodeURIComponent(plan.task_id)}`
      : taskHref(plan.task_id);
    navigate(page);
    await client.invalidateQueries({ queryKey: boardScope() });
  };
  const approveNow = async () => {
    if (plan.stale) return setAsking("approve");
    setBusy(true);
    await approve(false).catch((error) => showError("The plan is not approved", error));
    setBusy(false);
  };
  const discard = async () => {
    await send("DELETE", path);
    showToast({ text: "The plan was discarded; the idea stays in triage" });
    await client.invalidateQueries({ queryKey: boardScope() });
  };

  return (
    <header className="plan-bar">
      <div className="plan-about">
        <TaskLink id={plan.task_id} className="clip plan-title">{plan.title}</TaskLink>
        <span className="soft" role="status">
          {count} proposed · {broken ? "Not saved: a task has no title" : saveWords[state]}
        </span>
      </div>
      <span className="spacer" />
      <Button look="plain" icon="sparkle" onClick={() => setAsking("again")}>Ask again</Button>
      <Button look="plain" icon="trash" onClick={() => setAsking("discard")}>Discard</Button>
      <Button
        look="primary"
        icon="check"
        busy={busy}
        disabled={broken || state === "failed"}
        onClick={approveNow}
      >
        Approve
      </Button>
      {asking === "approve" && (
        <Confirm
          title="Approve although the idea has changed?"
          action="Approve anyway"
          onConfirm={() => approve(true)}
          onClose={() => setAsking(null)}
        >
          <p>The text of the idea is no longer the one this plan was made from.</p>
        </Confirm>
      )}
      {asking === "discard" && (
        <Confirm
          title="Discard this plan?"
          action="Discard"
          look="danger"
          onConfirm={discard}
          onClose={() => setAsking(null)}
        >
          <p>The idea stays in triage. Your changes to the plan are lost.</p>
        </Confirm>
      )}
      {asking === "again" && (
        <Confirm
          title="Ask for another plan?"
          action="Ask again"
          onConfirm={onAskAgain}
          onClose={() => setAsking(null)}
        >
          <p>A new plan takes the place of this one, with the changes you made to it.</p>
        </Confirm>
      )}
    </header>
  );
}
