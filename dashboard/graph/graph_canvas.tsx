// Owns: the drawing of tasks and what they wait for.

import { useCallback, useMemo } from "react";
import { Canvas, type FlowLine } from "../flow/canvas.tsx";
import type { Direction } from "../flow/shape.ts";
import { statusTitle } from "../format/status_words.ts";
import { StatusDot } from "../parts/badge.tsx";
import { useOpenTask } from "../shell/place.ts";
import type { GraphEdge, GraphPart } from "./visible_part.ts";

const size = { width: 224, height: 72 };

interface GraphCanvasProps {
  part: GraphPart;
  root: string | null;
  direction: Direction;
  /** Ids of the chain to point out; null when none is to be. */
  critical: readonly string[] | null;
}

export function GraphCanvas({ part, root, direction, critical }: GraphCanvasProps) {
  const openTask = useOpenTask();
  const { nodes, edges } = part;
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  const chain = useMemo(() => critical && new Set(critical), [critical]);
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes]);
  const lines = useMemo(() => linesOf(edges, critical), [edges, critical]);
  const waits = useMemo(() => Map.groupBy(edges, ({ child }) => child), [edges]);
  const draw = useCallback((id: string) => {
    const node = byId.get(id);
    if (!node) return null;
    const { title, status, assignee } = node;
    const before = waits.get(id)?.length ?? 0;
    const place = !chain ? undefined : chain.has(id) ? "on" : "off";
    return (
      <span
        className="graph-node"
        data-status={status}
        data-chain={place}
        data-root={id === root || undefined}
      >
        <span className="graph-title">{title}</span>
        <span className="graph-foot">
          <StatusDot status={status} />
          <span>{statusTitle(status)}</span>
          {assignee && <span className="clip">@{assignee}</span>}
          {before > 0 && <span className="sr-only">waits for {before}</span>}
        </span>
      </span>
    );
  }, [byId, waits, chain, root]);
  const colourOf = useCallback(
    (id: string) => `var(--status-${byId.get(id)?.status ?? "todo"}, var(--grey))`,
    [byId],
  );
  return (
    <Canvas
      label={root === null ? "Graph of the whole board" : "Graph around the task"}
      ids={ids}
      lines={lines}
      size={size}
      direction={direction}
      first={root ?? undefined}
      draw={draw}
      onOpen={openTask}
      colourOf={colourOf}
    />
  );
}

/** What a longer way says already is left out, unless it is on the critical path. */
function linesOf(edges: readonly GraphEdge[], critical: readonly string[] | null): FlowLine[] {
  const next = new Map(critical?.map((id, index) => [id, critical[index + 1]]));
  return edges.flatMap(({ parent, child, waived, implied }): FlowLine[] => {
    const strong = next.get(parent) === child;
    if (implied && !strong) return [];
    const look = strong ? "strong" : critical ? "faint" : waived ? "loose" : "plain";
    return [{ id: `${parent}>${child}`, from: parent, to: child, look }];
  });
}
