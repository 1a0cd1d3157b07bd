// Owns: what a rough idea offers: splitting it into tasks, or making one clear task of it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { send } from "../api/client.ts";
import { boardScope } from "../api/keys.ts";
import { useOrchestration } from "../api/queries.ts";
import type { Task } from "../api/shapes.ts";
import { stopwatch } from "../format/time.ts";
import { Button } from "../parts/button.tsx";
import { showToast } from "../parts/toast_store.ts";
import { taskPath } from "./change_task.ts";
import { Refusal } from "./section.tsx";

interface Outcome {
  ok: boolean;
  /** Why not; empty when ok. */
  reason: string;
  child_ids?: string[];
  fanout?: boolean;
  new_title?: string | null;
}

type Verb = "decompose" | "specify";

/** In Manual the plan is proposed and edited before anything is created. */
export function TriageActions({ task }: { task: Task }) {
  const client = useQueryClient();
  const { data: orchestration } = useOrchestration();
  const [, navigate] = useLocation();
  const manual = orchestration?.auto_decompose === false;
  const ask = useMutation({
    mutationFn: async (verb: Verb) => {
      const answer = await send<Outcome>("POST", taskPath(task.id, `/${verb}`), { body: {} });
      if (!answer.ok) throw new Error(answer.reason || "The planner gave no reason");
      return answer;
    },
    onSuccess: (answer) => showToast({ text: outcomeSentence(answer), tone: "good" }),
    onSettled: () => client.invalidateQueries({ queryKey: boardScope() }),
  });
  const begin = (verb: Verb) => {
    if (verb === "decompose" && manual) navigate(`/plan/${encodeURIComponent(task.id)}?ask=1`);
    else ask.mutate(verb);
  };
  const busy = ask.isPending ? ask.variables : null;
  return (
    <div className="triage">
      <div className="triage-row">
        <Button
          look="primary"
          busy={busy === "decompose"}
          disabled={busy !== null}
          onClick={() => begin("decompose")}
        >
          <span aria-hidden="true">⚗</span> Decompose
        </Button>
        <Button
          busy={busy === "specify"}
          disabled={busy !== null}
          onClick={() => begin("specify")}
        >
          <span aria-hidden="true">✨</span> Specify
        </Button>
        {busy === null
          ? (
            <span className="soft triage-hint">
              {manual
                ? "Split it into tasks after you approve the plan, or make one clear task of it."
                : "Split it into tasks for the team, or make one clear task of it."}
            </span>
          )
          : <Progress verb={busy} />}
      </div>
      <Refusal error={ask.error} />
    </div>
  );
}

/** The model takes its time; how long already. */
function Progress({ verb }: { verb: Verb }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = Date.now();
    const timer = setInterval(() => setSeconds((Date.now() - begun) / 1000), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="soft triage-hint" role="status">
      {verb === "decompose" ? "Asking the model for a plan" : "Asking the model for a spec"}…
      <span aria-hidden="true">{stopwatch(seconds)}</span>
    </span>
  );
}

function outcomeSentence({ fanout, child_ids = [], new_title }: Outcome): string {
  if (fanout && child_ids.length > 0) return `Split into ${child_ids.length} tasks`;
  return new_title ? `It is one clear task now: ${new_title}` : "It is one clear task now";
}
