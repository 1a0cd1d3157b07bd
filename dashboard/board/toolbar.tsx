// Owns: the board's toolbar: searching, narrowing, lanes, starting what is ready, asking again.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { send } from "../api/client.ts";
import { boardScope } from "../api/keys.ts";
import type { Board } from "../api/shapes.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Icon } from "../parts/icon.tsx";
import { Popover } from "../parts/popover.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import { useBoardActions } from "./board_actions.ts";
import type { BoardView } from "./board_filter.ts";

interface ToolbarProps {
  view: BoardView;
  change(part: Partial<BoardView>): void;
  board: Board | undefined;
  /** The board is being asked for. */
  busy: boolean;
}

export function Toolbar(props: ToolbarProps) {
  const { view, change, busy } = props;
  const client = useQueryClient();
  const nudge = useNudge();
  const { create } = useBoardActions();
  const narrowed = view.tenant !== "" || view.assignee !== "" || view.archived;
  return (
    <div className="toolbar" role="toolbar" aria-label="Board">
      <SearchField value={view.search} onChange={(search) => change({ search })} />
      <div className="toolbar-wide">
        <Filters {...props} />
      </div>
      <div className="toolbar-slim">
        <Popover
          label="Filters"
          align="end"
          width={260}
          trigger={
            <IconButton icon="filter" label="Filters" aria-pressed={narrowed || undefined} />
          }
        >
          <div className="toolbar-panel">
            <Filters {...props} />
          </div>
        </Popover>
      </div>
      <span className="spacer" />
      <Button
        look="plain"
        icon="bolt"
        className="toolbar-nudge"
        busy={nudge.isPending}
        title="Let the dispatcher start what is ready, now"
        onClick={() => nudge.mutate()}
      >
        <span className="toolbar-word">Nudge dispatcher</span>
      </Button>
      <Button look="primary" icon="plus" onClick={() => create("ready")}>
        <span className="toolbar-word">New task</span>
      </Button>
      <IconButton
        icon="refresh"
        label="Refresh"
        aria-busy={busy || undefined}
        onClick={() => void client.invalidateQueries({ queryKey: boardScope() })}
      />
    </div>
  );
}

function Filters({ view, change, board }: ToolbarProps) {
  const tenants = board?.tenants ?? [];
  const assignees = board?.assignees ?? [];
  return (
    <>
      <Combobox
        label="Tenant"
        placeholder="Every tenant"
        emptyChoice="Every tenant"
        value={view.tenant}
        choices={tenants.map((tenant) => ({ value: tenant, label: tenant }))}
        onChange={(tenant) => change({ tenant })}
      />
      <Combobox
        label="Assignee"
        placeholder="Everybody"
        emptyChoice="Everybody"
        value={view.assignee}
        choices={[
          { value: "-", label: "Nobody assigned" },
          ...assignees.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(assignee) => change({ assignee })}
      />
      <Button
        look="plain"
        icon="lanes"
        aria-pressed={view.lanes}
        title="Group what is in progress by profile"
        onClick={() => change({ lanes: !view.lanes })}
      >
        Lanes
      </Button>
      <Button
        look="plain"
        icon="archive"
        aria-pressed={view.archived}
        onClick={() => change({ archived: !view.archived })}
      >
        Show archived
      </Button>
    </>
  );
}

/** Typing is not held up by filtering: the address follows a moment later. */
function SearchField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label className="search">
      <Icon name="search" size={14} />
      <input
        type="search"
        id="board-search"
        placeholder="Search"
        aria-label="Search the board"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          setText("");
          onChange("");
          event.currentTarget.blur();
        }}
      />
    </label>
  );
}

/** `[task id, profile, …]` of each task that was started. */
interface Dispatched {
  spawned?: readonly unknown[];
}

function useNudge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send<Dispatched>("POST", "/dispatch", { query: { max: 8 } }),
    onSuccess({ spawned = [] }) {
      const { length } = spawned;
      showToast({
        text: length === 0
          ? "Nothing is ready to start"
          : `Started ${length} task${length === 1 ? "" : "s"}`,
      });
      client.invalidateQueries({ queryKey: boardScope() });
    },
    onError: (error) => showError("The dispatcher was not nudged", error),
  });
}
