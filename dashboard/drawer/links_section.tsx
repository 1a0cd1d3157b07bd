// Owns: what the task waits for and what waits for it: chips, and adding and removing links.

import { useState } from "react";
import { useTaskSearch } from "../api/queries.ts";
import type { LinkedTask, ShowOutput } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { StatusDot } from "../parts/badge.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Icon } from "../parts/icon.tsx";
import { taskHref, useOpenTask } from "../shell/place.ts";
import { useChangeTask } from "./change_task.ts";
import { isLost } from "./parents.ts";
import { Refusal, Section } from "./section.tsx";

type Side = "parent" | "child";

export function LinksSection({ detail }: { detail: ShowOutput }) {
  const { task, parents, children } = detail;
  const change = useChangeTask(task.id);
  const near = new Set([task.id, ...parents.map(({ id }) => id), ...children.map(({ id }) => id)]);
  const pair = (side: Side, other: string) =>
    side === "parent"
      ? { parent_id: other, child_id: task.id }
      : { parent_id: task.id, child_id: other };
  const add = (side: Side, other: string) =>
    change.mutate({ path: "/links", body: pair(side, other), said: "Linked" });
  const remove = (side: Side, other: string) =>
    change.mutate({ method: "DELETE", path: "/links", query: pair(side, other), said: "Unlinked" });
  return (
    <Section title="Dependencies" count={parents.length + children.length}>
      <LinkRow
        name="Waits for"
        adds="Add parent"
        tasks={parents}
        near={near}
        onAdd={(other) => add("parent", other)}
        onRemove={(other) => remove("parent", other)}
        waiting
      />
      <LinkRow
        name="Needed by"
        adds="Add child"
        tasks={children}
        near={near}
        onAdd={(other) => add("child", other)}
        onRemove={(other) => remove("child", other)}
      />
      <Refusal error={change.error} />
    </Section>
  );
}

function LinkRow(
  { name, adds, tasks, near, onAdd, onRemove, waiting = false }: {
    name: string;
    adds: string;
    tasks: readonly LinkedTask[];
    /** Ids that cannot be linked: the task itself, and what is linked already. */
    near: ReadonlySet<string>;
    onAdd(id: string): void;
    onRemove(id: string): void;
    /** These are parents, which may be waived or lost. */
    waiting?: boolean;
  },
) {
  return (
    <div className="links">
      <span className="links-name">{name}</span>
      <ul className="links-chips" aria-label={name}>
        {tasks.map((task) => (
          <LinkChip
            key={task.id}
            {...{ task, waiting }}
            onRemove={() => onRemove(task.id)}
          />
        ))}
        <li>
          <AddLink label={adds} near={near} onAdd={onAdd} />
        </li>
      </ul>
    </div>
  );
}

function LinkChip(
  { task, waiting, onRemove }: { task: LinkedTask; waiting: boolean; onRemove(): void },
) {
  const open = useOpenTask();
  const lost = waiting && isLost(task);
  return (
    <li className="link-chip" data-lost={lost || undefined}>
      <a
        href={taskHref(task.id)}
        title={`${task.title} — ${statusTitle(task.status)}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open(task.id);
        }}
      >
        <StatusDot status={task.status} />
        <span className="clip" dir="auto">{task.title}</span>
        <span className="sr-only">{statusTitle(task.status)}</span>
      </a>
      {waiting && task.waived === 1 && (
        <span className="link-note" title="A person let it start without this one">waived</span>
      )}
      {lost && (
        <>
          <span className="link-note">archived, never completed</span>
          <button type="button" className="link-unlink" onClick={onRemove}>Unlink</button>
        </>
      )}
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove the link with ${task.title}`}
        onClick={onRemove}
      >
        <Icon name="close" size={10} />
      </button>
    </li>
  );
}

function AddLink(
  { label, near, onAdd }: { label: string; near: ReadonlySet<string>; onAdd(id: string): void },
) {
  const [text, setText] = useState("");
  const { data, isFetching } = useTaskSearch(text, 50);
  const choices = (data?.tasks ?? [])
    .filter(({ id }) => !near.has(id))
    .map(({ id, title, status }) => ({
      value: id,
      label: title,
      detail: `${statusTitle(status)} · ${id}`,
    }));
  return (
    <Combobox
      label={label}
      className="link-add"
      value=""
      placeholder={label}
      choices={choices}
      onSearch={setText}
      searching={isFetching}
      onChange={(id) => id !== "" && onAdd(id)}
    >
      <span className="row link-add-words">
        <Icon name="plus" size={12} /> {label}
      </span>
    </Combobox>
  );
}
