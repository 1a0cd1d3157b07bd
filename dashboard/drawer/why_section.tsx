// Owns: why the task is waiting: every gate as a sentence, with a button where something can be done.

import { useWhy } from "../api/queries.ts";
import type { Task, Why } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { useChangeTask } from "./change_task.ts";
import { type GateAct, gateActs } from "./gate_acts.ts";
import { Refusal, Section } from "./section.tsx";

export function WhySection(
  { task, onAct }: {
    task: Task;
    /** What is done elsewhere in the drawer or on another page. */
    onAct(act: Exclude<GateAct["does"], { wish: unknown }>): void;
  },
) {
  const waits = !["running", "done", "archived"].includes(task.status);
  const { data, error, refetch } = useWhy(task.id, waits);
  const change = useChangeTask(task.id);
  if (!waits) return null;
  const run = ({ does }: GateAct) => "wish" in does ? change.mutate(does.wish) : onAct(does);
  return (
    <Section title="Why is this waiting?" className="why-section">
      {error && !data
        ? <Failure title="No answer" error={error} onRetry={refetch} />
        : !data
        ? <SkeletonLines lines={2} />
        : <Gates why={data} onRun={run} busy={change.isPending} />}
      <Refusal error={change.error} />
    </Section>
  );
}

function Gates({ why, onRun, busy }: { why: Why; onRun(act: GateAct): void; busy: boolean }) {
  return (
    <>
      <p>{why.text}</p>
      {why.gates.length > 0 && (
        <ol className="gates">
          {why.gates.map((gate) => {
            const acts = gateActs(why.task_id, gate);
            return (
              <li key={`${gate.gate} ${gate.owner_name ?? ""}`} className="gate">
                <Icon name="waiting" size={14} />
                <div className="gate-words">
                  <span className="anywhere" dir="auto">{gate.text}</span>
                  <span className="faint">Looked at {gate.next_look}.</span>
                  {acts.length === 0 && gate.remedy !== null && (
                    <code className="anywhere">{gate.remedy}</code>
                  )}
                </div>
                {acts.length > 0 && (
                  <div className="gate-acts">
                    {acts.map((act) => (
                      <Button
                        key={act.label}
                        size="small"
                        disabled={busy}
                        onClick={() => onRun(act)}
                      >
                        {act.label}
                      </Button>
                    ))}
                  </div>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {why.notes.map((note) => <p key={note} className="faint anywhere">{note}</p>)}
    </>
  );
}
