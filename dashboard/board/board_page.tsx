// Owns: the board page: what is shown, what is selected, and what happens to cards that are moved.

import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
} from "react";
import { useSearchParams } from "wouter";
import { useBoard, useTaskSearch } from "../api/queries.ts";
import type { Board, Card } from "../api/shapes.ts";
import { useServerNow } from "../format/server_time.ts";
import { Failure } from "../parts/skeleton.tsx";
import { showToast } from "../parts/toast_store.ts";
import { useOpenTask } from "../shell/place.ts";
import { useTellSelection } from "../shell/selected_tasks.ts";
import { useTellTaskOrder } from "../shell/task_order.ts";
import { AttentionStrip } from "./attention_strip.tsx";
import { type BoardActions, BoardActionsContext } from "./board_actions.ts";
import { useBoardView } from "./board_filter.ts";
import { BoardSkeleton } from "./board_skeleton.tsx";
import { BulkBar } from "./bulk_bar.tsx";
import { type Change, type MoveWords, useChangeTasks } from "./change_tasks.ts";
import { CreateDialog } from "./create_dialog.tsx";
import { emptyDraft, type TaskDraft } from "./create_task.ts";
import { ColumnView } from "./column_view.tsx";
import { columnHelp, filterColumns } from "./columns.ts";
import { DragBoard } from "./drag.tsx";
import { moveFocus } from "./focus_keys.ts";
import { MoveDialog, type PendingMove } from "./move_dialogs.tsx";
import { planMove, planMoves } from "./moves.ts";
import { useSelection } from "./selection.ts";
import { Toolbar } from "./toolbar.tsx";

/** Done and archived tasks sent at first, and with each wish for more. */
const doneStep = 100;

/**
 * For 50 ms after a drop the drag sensor takes every selection away, also the caret of a field that has
 * just got focus: what is typed into it then is lost. Questions are asked after that.
 */
const dragSettlesMs = 80;

export default function BoardPage() {
  const [view, changeView] = useBoardView();
  const [doneLimit, setDoneLimit] = useState(doneStep);
  const { data: board, error, refetch, isFetching } = useBoard({
    tenant: view.tenant,
    includeArchived: view.archived,
    doneLimit,
  });
  const search = useDeferredValue(view.search.trim().toLowerCase());
  const found = useFound(search);
  const columns = useMemo(
    () => board ? filterColumns(board, { search, assignee: view.assignee, found }) : [],
    [board, search, view.assignee, found],
  );
  const now = useServerNow(board?.now ?? 0);
  const selection = useSelection();
  useTellSelection(selection.ids);
  const openTask = useOpenTask();
  const changeTasks = useChangeTasks();
  const [pending, setPending] = useState<PendingMove | null>(null);
  const [creating, setCreating] = useCreating();

  const order = useMemo(() => columns.flatMap(({ tasks }) => tasks.map(({ id }) => id)), [columns]);
  useTellTaskOrder(order);
  const cards = useMemo(() => byId(columns), [columns]);
  const selected = useMemo(
    () => [...selection.ids].flatMap((id) => cards.get(id) ?? []),
    [selection.ids, cards],
  );

  // Cards get functions that stay the same; what they act on is read when they are called.
  const current = useRef({ order, selection, openTask, selected, setCreating });
  current.current = { order, selection, openTask, selected, setCreating };
  const actions = useMemo<BoardActions>(() => ({
    open: (id) => current.current.openTask(id),
    toggle: (id) => current.current.selection.toggle(id),
    extendTo: (id) => current.current.selection.extendTo(id, current.current.order),
    create: (status, draft) => current.current.setCreating(status, draft),
    more: () => setDoneLimit((limit) => limit + doneStep),
  }), []);
  const groupOf = useCallback((card: Card): readonly Card[] => {
    const { selection, selected } = current.current;
    return selection.ids.has(card.id) ? selected : [card];
  }, []);

  const change = (moved: readonly Card[], what: Change) => {
    changeTasks.mutate({ cards: moved, change: what });
    selection.clear();
  };
  const move = (moved: readonly Card[], to: string) => {
    if (moved.every(({ status }) => status === to)) return;
    const plan = planMoves(moved, to);
    if (!plan.allowed) return showToast({ text: plan.reason, tone: "bad" });
    const moving = moved.filter((card) => planMove(card, to).allowed);
    const { ask } = plan;
    if (ask !== null) {
      setTimeout(() => setPending({ cards: moving, to, ask }), dragSettlesMs);
      return;
    }
    change(moving, { status: to });
  };

  if (error && !board) {
    return (
      <div className="page-padded">
        <Failure title="The board cannot be shown" error={error} onRetry={refetch} />
      </div>
    );
  }
  const filtered = search !== "" || view.assignee !== "";
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || !target.matches("a.card-title")) return;
    if (document.body.querySelector(".card-dragged")) return;
    if (moveFocus(event.key, target)) event.preventDefault();
  };
  return (
    <BoardActionsContext value={actions}>
      <div className="board" onKeyDown={onKeyDown}>
        <Toolbar view={view} change={changeView} board={board} busy={isFetching} />
        <AttentionStrip expected={board !== undefined && needsSomebody(board)} />
        {!board ? <BoardSkeleton /> : (
          <DragBoard now={now} groupOf={groupOf} onDrop={move}>
            {(dragged) => (
              <div className="columns" tabIndex={-1}>
                {columns.map((column) => (
                  <ColumnView
                    key={column.name}
                    column={column}
                    now={now}
                    lanes={view.lanes}
                    filtered={filtered}
                    selected={selection.ids}
                    tenant={view.tenant}
                    dragging={dragged !== null}
                    closed={dragged === null ? null : closedReason(dragged, column.name)}
                  />
                ))}
              </div>
            )}
          </DragBoard>
        )}
        <BulkBar
          cards={selected}
          onMove={(to) => move(selected, to)}
          onChange={(what) => change(selected, what)}
          onClear={selection.clear}
        />
      </div>
      {creating && (
        <CreateDialog
          status={creating.status}
          start={creating.draft ?? { ...emptyDraft, tenant: view.tenant }}
          onClose={() => setCreating(null)}
        />
      )}
      {pending && (
        <MoveDialog
          move={pending}
          onMove={(words: MoveWords) => change(pending.cards, { status: pending.to, words })}
          onClose={() => setPending(null)}
        />
      )}
    </BoardActionsContext>
  );
}

/** The form for a new task is a part of the address, `?new=ready`, so that a link can open it. */
function useCreating() {
  const [params, setParams] = useSearchParams();
  const [draft, setDraft] = useState<TaskDraft>();
  const status = params.get("new");
  const set = (next: string | null, started?: TaskDraft) => {
    setDraft(started);
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (next === null) after.delete("new");
      else after.set("new", next);
      return after;
    }, { replace: true });
  };
  const known = status !== null && columnHelp[status] !== undefined;
  return [known ? { status, draft } : null, set] as const;
}

/** What the board itself shows to need a person; the strip's place is kept for it. */
function needsSomebody({ columns }: Board): boolean {
  return columns.some(({ name, tasks }) =>
    name === "blocked"
      ? tasks.length > 0
      : name === "ready" && tasks.some(({ assignee }) => assignee === null)
  );
}

function byId(columns: readonly { tasks: readonly Card[] }[]): Map<string, Card> {
  return new Map(columns.flatMap(({ tasks }) => tasks.map((card) => [card.id, card] as const)));
}

/** Why the cards cannot be dropped in a column; the one they came from is open and changes nothing. */
function closedReason(cards: readonly Card[], to: string): string | null {
  if (cards.every(({ status }) => status === to)) return null;
  const plan = planMoves(cards, to);
  return plan.allowed ? null : plan.reason;
}

const nobody: ReadonlySet<string> = new Set();

/** Ids of tasks that the server finds by texts which are not on the cards. */
function useFound(search: string): ReadonlySet<string> {
  const { data } = useTaskSearch(search, 200, search !== "");
  return useMemo(
    () => search === "" || !data ? nobody : new Set(data.tasks.map(({ id }) => id)),
    [search, data],
  );
}
