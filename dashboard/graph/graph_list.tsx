// Owns: the graph in words.

import { Fragment } from "react";
import { statusTitle } from "../format/status_words.ts";
import { StatusDot } from "../parts/badge.tsx";
import { TaskLink } from "../shell/task_link.tsx";
import type { GraphNode, GraphPart } from "./visible_part.ts";

/** Parents before children, each with what it waits for. */
export function GraphList({ part: { nodes, edges } }: { part: GraphPart }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const before = Map.groupBy(edges, ({ child }) => child);
  return (
    <ol className="graph-list" aria-label="Tasks, parents before children">
      {nodes.map(({ id, title, status, assignee }) => (
        <li key={id} className="graph-row">
          <StatusDot status={status} />
          <div className="stack">
            <TaskLink id={id}>{title}</TaskLink>
            <span className="soft">
              {statusTitle(status)} · {assignee ? `@${assignee}` : "nobody assigned"}
              <Parents
                parents={(before.get(id) ?? []).flatMap(({ parent }) => byId.get(parent) ?? [])}
              />
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Parents({ parents }: { parents: readonly GraphNode[] }) {
  if (parents.length === 0) return null;
  return (
    <>
      {" · waits for "}
      {parents.map(({ id, title }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          <TaskLink id={id}>{title}</TaskLink>
        </Fragment>
      ))}
    </>
  );
}
