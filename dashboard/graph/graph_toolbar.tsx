// Owns: the bar above the graph: whose graph, what of it, which way.

import { useState } from "react";
import { useLocation } from "wouter";
import type { GraphOutput } from "../../src/ops/views/graph.ts";
import { useTaskSearch } from "../api/queries.ts";
import { statusTitle } from "../format/status_words.ts";
import { Button } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import type { GraphView } from "./graph_view.ts";
import type { GraphPart } from "./visible_part.ts";

interface ToolbarProps {
  root: string | null;
  view: GraphView;
  change(part: Partial<GraphView>): void;
  part: GraphPart | undefined;
  graph: GraphOutput | undefined;
}

export function GraphToolbar({ root, view, change, part, graph }: ToolbarProps) {
  const right = view.direction === "right";
  return (
    <div className="graph-bar" role="toolbar" aria-label="Graph">
      <RootChoice root={root} title={graph?.nodes.find(({ id }) => id === root)?.title} />
      <Button
        look="plain"
        icon="bolt"
        aria-pressed={view.critical}
        title="The longest chain of open tasks: it decides when all of it is done"
        onClick={() => change({ critical: !view.critical })}
      >
        Critical path
      </Button>
      <Button
        look="plain"
        icon="check"
        aria-pressed={view.hideDone}
        onClick={() => change({ hideDone: !view.hideDone })}
      >
        Hide done
      </Button>
      {root === null && (
        <Button
          look="plain"
          icon="board"
          aria-pressed={view.alone}
          title="Draw tasks that neither wait nor are waited for"
          onClick={() => change({ alone: !view.alone })}
        >
          Without links{part && part.hiddenAlone > 0 && ` (${part.hiddenAlone.toLocaleString()})`}
        </Button>
      )}
      <span className="spacer" />
      <Button
        look="plain"
        icon={right ? "arrowRight" : "chevronDown"}
        title={right ? "Drawn from left to right" : "Drawn from top to bottom"}
        disabled={view.list}
        onClick={() => change({ direction: right ? "down" : "right" })}
      >
        {right ? "Left to right" : "Top to bottom"}
      </Button>
      <Button
        look="plain"
        icon="menu"
        aria-pressed={view.list}
        title="The same as words, for reading and for screen readers"
        onClick={() => change({ list: !view.list })}
      >
        List
      </Button>
      {part && (
        <p className="graph-count soft" role="status">
          {part.nodes.length.toLocaleString()} {part.nodes.length === 1 ? "task" : "tasks"}
          {part.tooMany > 0 &&
            `, the first of ${(part.nodes.length + part.tooMany).toLocaleString()}`}
          {view.critical && graph && `, critical path of ${graph.critical_path.length}`}
        </p>
      )}
    </div>
  );
}

function RootChoice({ root, title }: { root: string | null; title: string | undefined }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const { data, isFetching } = useTaskSearch(text, 20);
  const found = (data?.tasks ?? []).map(({ id, title, status }) => ({
    value: id,
    label: title,
    detail: `${id} · ${statusTitle(status)}`,
  }));
  const shown = root === null || found.some(({ value }) => value === root)
    ? found
    : [{ value: root, label: title ?? root }, ...found];
  return (
    <Combobox
      className="graph-root"
      label="Graph of"
      value={root ?? ""}
      emptyChoice="The whole board"
      placeholder="The whole board"
      choices={shown}
      onSearch={setText}
      searching={isFetching}
      onChange={(id) =>
        navigate(
          `/graph${id === "" ? "" : `/${encodeURIComponent(id)}`}${globalThis.location.search}`,
        )}
    />
  );
}
