// Owns: the page that draws what waits for what, around one task or on the whole board.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useParams } from "wouter";
import type { GraphOutput } from "../../src/ops/views/graph.ts";
import { get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Failure, Skeleton } from "../parts/skeleton.tsx";
import { GraphCanvas } from "./graph_canvas.tsx";
import { GraphList } from "./graph_list.tsx";
import { GraphToolbar } from "./graph_toolbar.tsx";
import { useGraphView } from "./graph_view.ts";
import { visiblePart } from "./visible_part.ts";

export default function GraphPage() {
  const { id } = useParams<{ id?: string }>();
  const [view, change] = useGraphView();
  const { data, error, refetch } = useGraph(id ?? null);
  const part = useMemo(
    () => data && visiblePart(data, { ...view, root: id ?? null }),
    [data, view.hideDone, view.alone, id],
  );
  return (
    <div className="graph">
      <GraphToolbar root={id ?? null} view={view} change={change} part={part} graph={data} />
      {error
        ? (
          <div className="page-padded">
            <Failure title="The graph cannot be drawn" error={error} onRetry={refetch} />
          </div>
        )
        : !part
        ? <Waiting />
        : part.nodes.length === 0
        ? <Nothing hidden={part.hiddenAlone} onShow={() => change({ alone: true })} />
        : view.list
        ? <GraphList part={part} />
        : (
          <GraphCanvas
            key={id ?? ""}
            part={part}
            root={id ?? null}
            direction={view.direction}
            critical={view.critical ? data!.critical_path : null}
          />
        )}
    </div>
  );
}

function useGraph(root: string | null) {
  return useQuery({
    queryKey: key("graph", root ?? ""),
    queryFn: ({ signal }) =>
      get<GraphOutput>(
        root === null ? "/graph" : `/tasks/${encodeURIComponent(root)}/graph`,
        { signal },
      ),
    // The same graph while it is asked for again; not that of another task.
    placeholderData: (before) => before?.root === root ? keepPreviousData(before) : undefined,
  });
}

function Waiting() {
  return (
    <div className="graph-waiting" role="status">
      <span className="sr-only">Loading the graph</span>
      {[0, 1, 2].map((index) => <Skeleton key={index} width={220} height={68} />)}
    </div>
  );
}

function Nothing({ hidden, onShow }: { hidden: number; onShow(): void }) {
  return (
    <Empty
      icon="graph"
      title="No task waits for another"
      action={hidden > 0 && (
        <Button onClick={onShow}>
          Show {hidden.toLocaleString()} {hidden === 1 ? "task" : "tasks"} without links
        </Button>
      )}
    >
      An idea in triage becomes a graph when it is split. Tasks can be linked by hand too: open one
      and add what it waits for.
    </Empty>
  );
}
