// Owns: one column: its head, its list of which only what is seen exists, and where one drops cards.

import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useMemo, useRef, useState } from "react";
import type { Column } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Avatar, StatusDot } from "../parts/badge.tsx";
import { Button, IconButton } from "../parts/button.tsx";
import { Tip } from "../parts/tip.tsx";
import { useBoardActions } from "./board_actions.ts";
import { BoardCard } from "./card.tsx";
import { columnHelp, type Row, rowsOf } from "./columns.ts";
import { CreateCard } from "./create_card.tsx";

export interface ColumnViewProps {
  column: Column;
  now: number;
  lanes: boolean;
  /** A filter hides cards: an incomplete column does not offer the rest. */
  filtered: boolean;
  selected: ReadonlySet<string>;
  /** Why what is being dragged may not be dropped here; null when it may, or nothing is. */
  closed: string | null;
  /** Something is being dragged. */
  dragging: boolean;
  tenant: string;
}

/** Height of a card before it is measured, in px. */
const usualHeight = 92;

const creatable = ["triage", "todo", "ready", "blocked"];

export const ColumnView = memo(function ColumnView(props: ColumnViewProps) {
  const { column, closed, dragging } = props;
  const { name } = column;
  const { setNodeRef, isOver } = useDroppable({ id: name, disabled: closed !== null });
  const [creating, setCreating] = useState(false);
  const { create } = useBoardActions();
  const help = columnHelp[name];
  const headId = `column-${name}`;
  return (
    <section
      ref={setNodeRef}
      className="column"
      data-column={name}
      data-over={isOver || undefined}
      data-closed={dragging && closed !== null ? "" : undefined}
      aria-labelledby={headId}
    >
      <header className="column-head">
        <StatusDot status={name} />
        <h2 id={headId} className="column-title clip">{statusTitle(name)}</h2>
        <span className="column-count" aria-label={`${column.count} tasks`}>{column.count}</span>
        <span className="spacer" />
        {help && (
          <Tip text={help}>
            <button
              type="button"
              className="column-help"
              aria-label={`${statusTitle(name)}: ${help}`}
            >
              ?
            </button>
          </Tip>
        )}
        {creatable.includes(name) && (
          <IconButton
            icon="plus"
            size="small"
            label={`New task in ${statusTitle(name)}`}
            aria-expanded={creating}
            onClick={() => setCreating(!creating)}
          />
        )}
      </header>
      {creating && (
        <CreateCard
          status={name}
          tenant={props.tenant}
          onMore={(draft) => {
            setCreating(false);
            create(name, draft);
          }}
          onClose={() => setCreating(false)}
        />
      )}
      {dragging && closed !== null && <p className="column-closed">{closed}</p>}
      <CardList {...props} />
    </section>
  );
});

function CardList({ column, now, lanes, filtered, selected }: ColumnViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(column, { lanes, complete: filtered }), [
    column,
    lanes,
    filtered,
  ]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]!.kind === "card" ? usualHeight : 32,
    getItemKey: (index) => rows[index]!.key,
    overscan: 5,
    gap: 8,
  });
  const items = virtual.getVirtualItems();
  if (rows.length === 0) {
    return (
      <div className="column-list" ref={scroller}>
        <p className="column-empty">{filtered ? "Nothing matches" : emptyWords(column.name)}</p>
      </div>
    );
  }
  return (
    <div className="column-list" ref={scroller} data-list={column.name}>
      <div
        role="list"
        className="column-rows"
        aria-label={`${statusTitle(column.name)}, ${column.count} tasks`}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            role="listitem"
            className="column-row"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <RowView
              row={rows[item.index]!}
              now={now}
              selected={selected}
              tabbable={item.index === firstCard(rows, items[0]!.index)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function RowView(
  { row, now, selected, tabbable }: {
    row: Row;
    now: number;
    selected: ReadonlySet<string>;
    tabbable: boolean;
  },
) {
  const { more } = useBoardActions();
  switch (row.kind) {
    case "card":
      return (
        <BoardCard card={row.card} now={now} selected={selected.has(row.key)} tabbable={tabbable} />
      );
    case "lane":
      return (
        <div className="lane">
          {row.profile !== null && <Avatar name={row.profile} />}
          <h3 className="clip">{row.profile ?? "Nobody"}</h3>
          <span className="column-count">{row.count}</span>
        </div>
      );
    case "more":
      return <Button look="plain" onClick={more}>Show {row.left.toLocaleString()} older</Button>;
  }
}

function firstCard(rows: readonly Row[], from: number): number {
  const index = rows.findIndex((row, at) => at >= from && row.kind === "card");
  return index;
}

const emptyHints: Readonly<Record<string, string>> = {
  triage: "Drop a rough idea here: + above",
  todo: "Tasks that wait for others land here",
  ready: "Give a task to somebody, and it starts from here",
  running: "Nobody is at work. Ready tasks start while the gateway runs",
  blocked: "Nobody needs your help",
  done: "What is completed is kept here",
};

function emptyWords(status: string): string {
  return emptyHints[status] ?? "Nothing here";
}
