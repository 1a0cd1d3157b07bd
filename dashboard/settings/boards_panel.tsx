// Owns: the boards of this installation: which one is looked at, new ones, their looks, putting them away.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { chooseBoard, chosenBoard } from "../api/board_choice.ts";
import { get, send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import type { BoardEntry, Boards } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Badge, StatusDot } from "../parts/badge.tsx";
import { Button, IconButton } from "../parts/button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { Menu, MenuItem, MenuRule } from "../parts/menu.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import { BoardDialog } from "./board_dialog.tsx";

type Asked = { board: BoardEntry; forGood: boolean };

export function BoardsPanel() {
  const { data, error, refetch } = useEveryBoard();
  const [params, setParams] = useSearchParams();
  const [edited, setEdited] = useState<BoardEntry | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const creating = params.has("new");
  const live = data?.boards.filter(({ archived }) => !archived);
  const away = data?.boards.filter(({ archived }) => archived) ?? [];
  return (
    <>
      <section className="settings-section" aria-labelledby="boards-head">
        <div className="row">
          <h2 id="boards-head">Boards</h2>
          <span className="spacer" />
          <Button icon="plus" onClick={() => setParams({ new: "1" }, { replace: true })}>
            New board
          </Button>
        </div>
        <p className="soft">
          A board is a queue of its own, with its own tasks and folder. This browser remembers the
          one you look at; the current board is where commands in a terminal go.
        </p>
        {error && !data && (
          <Failure title="The boards cannot be read" error={error} onRetry={refetch} />
        )}
        {!data && !error && <SkeletonLines lines={4} />}
        <ul className="boards">
          {live?.map((board) => (
            <BoardRow
              key={board.slug}
              board={board}
              only={live.length === 1}
              current={data?.current === board.slug}
              onEdit={() => setEdited(board)}
              onRemove={(forGood) => setAsked({ board, forGood })}
            />
          ))}
        </ul>
        {away.length > 0 && (
          <details className="boards-away">
            <summary>Archived boards ({away.length})</summary>
            <ul className="boards">
              {away.map(({ slug, name, db_path, total }) => (
                <li key={db_path} className="board-row">
                  <span className="clip">{name || slug}</span>
                  <span className="faint">{total} tasks</span>
                  <span className="mono faint anywhere">{db_path}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      {creating && <BoardDialog onClose={() => setParams({}, { replace: true })} />}
      {edited && <BoardDialog board={edited} onClose={() => setEdited(null)} />}
      {asked && <RemoveQuestion {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function BoardRow(
  { board, only, current, onEdit, onRemove }: {
    board: BoardEntry;
    /** The last one cannot be put away. */
    only: boolean;
    current: boolean;
    onEdit(): void;
    onRemove(forGood: boolean): void;
  },
) {
  const { slug, name, icon, color, counts, default_workdir: folder, description, problem } = board;
  const client = useQueryClient();
  const looking = slug === chosenBoard();
  const makeCurrent = useMutation({
    mutationFn: () => send("POST", `/boards/${encodeURIComponent(slug)}/switch`),
    onSuccess: () => client.invalidateQueries({ queryKey: homeKey("boards") }),
    onError: (error) => showError("The current board stays", error),
  });
  const fixed = only || slug === "default";
  return (
    <li className="board-row">
      <span
        className="board-mark"
        aria-hidden="true"
        style={color ? { borderColor: color, color } : undefined}
      >
        {icon || (name || slug).slice(0, 1).toUpperCase()}
      </span>
      <div className="stack board-words">
        <div className="row board-name">
          <h3 className="clip">{name || slug}</h3>
          {name && name !== slug && <span className="faint mono clip">{slug}</span>}
          {looking && <Badge tone="blue">shown</Badge>}
          {current && <Badge>current</Badge>}
        </div>
        {description && <p className="soft anywhere">{description}</p>}
        {folder && <p className="mono faint anywhere">{folder}</p>}
        {problem && <p className="settings-bad anywhere">{problem}</p>}
        <Counts counts={counts} />
      </div>
      <Button disabled={looking} onClick={() => chooseBoard(slug)}>Show</Button>
      <Menu
        align="end"
        label={`More about ${name || slug}`}
        trigger={<IconButton icon="more" label={`More about ${name || slug}`} />}
      >
        <MenuItem icon="edit" onSelect={onEdit}>Edit…</MenuItem>
        <MenuItem icon="check" disabled={current} onSelect={() => makeCurrent.mutate()}>
          Make it current for commands
        </MenuItem>
        <MenuRule />
        <MenuItem icon="archive" disabled={fixed} onSelect={() => onRemove(false)}>
          Archive…
        </MenuItem>
        <MenuItem icon="trash" look="danger" disabled={fixed} onSelect={() => onRemove(true)}>
          Delete…
        </MenuItem>
      </Menu>
    </li>
  );
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  if (some.length === 0) return <p className="faint">No tasks</p>;
  return (
    <ul className="board-counts">
      {some.map(([status, count]) => (
        <li key={status} className="row">
          <StatusDot status={status} />
          <span>{count} {statusTitle(status)}</span>
        </li>
      ))}
    </ul>
  );
}

function RemoveQuestion({ board, forGood, onClose }: Asked & { onClose(): void }) {
  const client = useQueryClient();
  const { slug, name, total } = board;
  const remove = async () => {
    const { current } = await send<{ current: string }>(
      "DELETE",
      `/boards/${encodeURIComponent(slug)}`,
      { query: { delete: forGood || undefined }, board: "default" },
    );
    if (slug === chosenBoard()) chooseBoard(current);
    client.invalidateQueries({ queryKey: homeKey("boards") });
    showToast({ text: `${name || slug} is ${forGood ? "deleted" : "in the archive"}` });
  };
  return (
    <Confirm
      title={`${forGood ? "Delete" : "Archive"} ${name || slug}?`}
      action={forGood ? "Delete for good" : "Archive board"}
      look={forGood ? "danger" : "primary"}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        {forGood
          ? `All ${total} tasks, their files and logs are removed. Nothing brings them back.`
          : `Its ${total} tasks leave every list. The folder is kept in the archive.`}
      </p>
    </Confirm>
  );
}

function useEveryBoard() {
  return useQuery({
    queryKey: homeKey("boards", "all"),
    queryFn: ({ signal }) =>
      get<Boards>("/boards", { signal, query: { include_archived: true }, board: "default" }),
  });
}
