// Owns: the drawing of a plan, on which dependencies are drawn and cut.

import { useCallback, useMemo } from "react";
import { Canvas, type FlowLine } from "../flow/canvas.tsx";
import { Avatar } from "../parts/badge.tsx";
import { type Draft, mayLink } from "./plan_draft.ts";

const size = { width: 208, height: 72 };

export function PlanGraph(
  { draft, chosen, onChoose, onLink, onUnlink }: {
    draft: Draft;
    chosen: string | null;
    onChoose(key: string): void;
    onLink(parent: string, child: string): void;
    onUnlink(parent: string, child: string): void;
  },
) {
  const byKey = useMemo(() => {
    return new Map(draft.map((task, index) => [task.key, { ...task, number: index + 1 }]));
  }, [draft]);
  const ids = useMemo(() => draft.map(({ key }) => key), [draft]);
  const lines = useMemo(
    () =>
      draft.flatMap(({ key, parents }): FlowLine[] =>
        parents.map((parent) => ({
          id: `${parent}>${key}`,
          from: parent,
          to: key,
          look: chosen === key || chosen === parent ? "strong" : "plain",
        }))
      ),
    [draft, chosen],
  );
  const draw = useCallback((key: string) => {
    const task = byKey.get(key);
    if (!task) return null;
    const after = task.parents.flatMap((parent) => byKey.get(parent)?.number ?? []);
    return (
      <span className="plan-node" data-chosen={key === chosen || undefined}>
        <span className="plan-node-title">
          <span className="faint">{task.number}</span> {task.title}
        </span>
        <span className="plan-node-foot">
          <Avatar name={task.assignee || "?"} />
          <span className="clip">{task.assignee || "the default assignee"}</span>
          {after.length > 0 && <span className="sr-only">after {after.join(" and ")}</span>}
        </span>
      </span>
    );
  }, [byKey, chosen]);
  const colourOf = useCallback(
    (key: string) => key === chosen ? "var(--accent)" : "var(--grey)",
    [chosen],
  );
  return (
    <Canvas
      label="The plan as a graph"
      ids={ids}
      lines={lines}
      size={size}
      direction="right"
      draw={draw}
      onOpen={onChoose}
      colourOf={colourOf}
      connect={{
        allowed: (from, to) => mayLink(draft, from, to),
        onConnect: onLink,
        onLine: (id) => {
          const [parent = "", child = ""] = id.split(">");
          onUnlink(parent, child);
        },
      }}
    />
  );
}
