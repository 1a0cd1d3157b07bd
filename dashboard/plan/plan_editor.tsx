// Owns: a proposed plan as a drawing and as cards, and what can be done with it.

import { useCallback, useEffect, useRef, useState } from "react";
import { useProfiles } from "../api/queries.ts";
import { Button } from "../parts/button.tsx";
import { Failure } from "../parts/skeleton.tsx";
import { showToast } from "../parts/toast_store.ts";
import { PlanDecision } from "./plan_decision.tsx";
import { added, linked, type Plan, unlinked, wavesOf, without } from "./plan_draft.ts";
import { PlanGraph } from "./plan_graph.tsx";
import { PlanNotes } from "./plan_notes.tsx";
import { TaskCard } from "./task_card.tsx";
import { usePlanDraft } from "./use_plan_draft.ts";

interface EditorProps {
  /** The plan as it was read last. */
  latest: Plan;
  askError: unknown;
  onAskAgain(): void;
}

export function PlanEditor({ latest, askError, onAskAgain }: EditorProps) {
  const edited = usePlanDraft(latest);
  const { draft, plan, factsOf, change, state, error } = edited;
  const { data: profiles = [] } = useProfiles();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const number = useRef(0);

  const show = useCallback((key: string) => {
    setChosen(key);
    const card = list.current?.querySelector<HTMLElement>(`[data-plan-task="${key}"]`);
    card?.scrollIntoView({ block: "nearest" });
    card?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
  }, []);
  const add = () => {
    const key = `new-${++number.current}`;
    change((draft) => added(draft, key));
    setChosen(key);
  };
  // A new card is there one drawing later.
  useEffect(() => {
    if (chosen?.startsWith("new-")) show(chosen);
  }, [chosen, show]);
  const remove = (key: string) => {
    const before = draft;
    const title = draft.find((task) => task.key === key)?.title ?? "";
    change((draft) => without(draft, key));
    showToast({
      text: `Left out: ${title}`,
      action: { label: "Undo", run: () => change(() => before) },
    });
  };
  const unlink = (parent: string, child: string) => {
    change((draft) => unlinked(draft, parent, child));
    showToast({
      text: `${titleOf(child)} no longer waits for ${titleOf(parent)}`,
      action: { label: "Undo", run: () => change((draft) => linked(draft, parent, child)) },
    });
  };
  const titleOf = (key: string) => draft.find((task) => task.key === key)?.title ?? "";
  const waves = wavesOf(draft);
  const numbers = new Map(draft.map(({ key }, index) => [key, index + 1]));

  return (
    <div className="plan">
      <PlanDecision edited={edited} onAskAgain={onAskAgain} />
      <div className="plan-body">
        <div className="plan-drawing">
          <PlanGraph
            draft={draft}
            chosen={chosen}
            onChoose={show}
            onLink={(parent, child) => change((draft) => linked(draft, parent, child))}
            onUnlink={unlink}
          />
        </div>
        <div className="plan-cards" ref={list}>
          {askError !== null && askError !== undefined && (
            <Failure title="There is no new plan; this is the one before" error={askError} />
          )}
          {state === "failed" && (
            <Failure title="Your last change is not saved" error={error} onRetry={edited.revert} />
          )}
          <PlanNotes plan={plan} />
          {waves.map((keys, index) => (
            <section key={keys[0]} className="plan-wave" aria-labelledby={`plan-wave-${index}`}>
              <h2 id={`plan-wave-${index}`}>
                Step {index + 1}
                {keys.length > 1 && <span className="soft">{keys.length} tasks side by side</span>}
              </h2>
              {keys.map((key) => (
                <TaskCard
                  key={key}
                  task={draft.find((task) => task.key === key)!}
                  number={numbers.get(key)!}
                  draft={draft}
                  facts={factsOf(key)}
                  profiles={profiles}
                  chosen={chosen === key}
                  removable={draft.length > 1}
                  change={change}
                  onRemove={() =>
                    remove(key)}
                  onChoose={() =>
                    setChosen(key)}
                />
              ))}
            </section>
          ))}
          <Button icon="plus" onClick={add}>Add a task</Button>
        </div>
      </div>
    </div>
  );
}
