// Owns: one task of a plan as a form: title, profile, text, what it waits for, and what speaks for it.

import { useState } from "react";
import type { Profile } from "../api/shapes.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { span } from "../format/time.ts";
import { statusTitle } from "../format/status_words.ts";
import { Badge, Chip } from "../parts/badge.tsx";
import { Button, IconButton } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Field, TextArea, TextInput } from "../parts/field.tsx";
import { TaskLink } from "../shell/task_link.tsx";
import {
  changed,
  type Draft,
  type DraftTask,
  linked,
  mayLink,
  type PlanTask,
  problemOf,
  unlinked,
} from "./plan_draft.ts";

interface CardProps {
  task: DraftTask;
  /** Counted from 1, as the drawing and the command line do. */
  number: number;
  draft: Draft;
  /** What the server knows of it; nothing for a task that was just added. */
  facts: PlanTask | undefined;
  profiles: readonly Profile[];
  chosen: boolean;
  removable: boolean;
  change(next: (draft: Draft) => Draft): void;
  onRemove(): void;
  onChoose(): void;
}

export function TaskCard(props: CardProps) {
  const { task, number, draft, facts, profiles, change } = props;
  const { key, title, body, assignee } = task;
  const [open, setOpen] = useState(false);
  const set = (part: Partial<Omit<DraftTask, "key">>) => change((all) => changed(all, key, part));
  return (
    <article
      className="plan-task"
      data-plan-task={key}
      data-chosen={props.chosen || undefined}
      aria-label={`Task ${number}: ${title}`}
      onFocus={props.onChoose}
    >
      <div className="plan-task-head">
        <span className="plan-number" aria-hidden="true">{number}</span>
        <Field
          label={<span className="sr-only">Title of task {number}</span>}
          error={problemOf(task)}
        >
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-invalid={problemOf(task) !== null || undefined}
              value={title}
              maxLength={200}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <IconButton
          icon="trash"
          label={`Leave out task ${number}`}
          disabled={!props.removable}
          onClick={props.onRemove}
        />
      </div>
      <div className="plan-task-row">
        <span className="soft plan-word">For</span>
        <Combobox
          label={`Profile of task ${number}`}
          value={assignee}
          placeholder="the default assignee"
          emptyChoice="The default assignee"
          choices={profileChoices(profiles, assignee)}
          onChange={(assignee) => set({ assignee })}
        />
        {facts?.runner_up && facts.runner_up !== assignee && facts.assignee === assignee && (
          <Button
            look="plain"
            size="small"
            title={`Give it to the second choice, ${facts.runner_up}`}
            onClick={() => set({ assignee: facts.runner_up! })}
          >
            or {facts.runner_up}
          </Button>
        )}
      </div>
      {facts?.why && facts.assignee === assignee && (
        <p className="soft anywhere plan-why">{facts.why}</p>
      )}
      <Waits task={task} number={number} draft={draft} change={change} />
      <Facts facts={facts} />
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{body === "" ? "No text" : firstLine(body)}</summary>
        {open && (
          <TextArea
            aria-label={`Text of task ${number}`}
            rows={8}
            value={body}
            onChange={(event) => set({ body: event.target.value })}
          />
        )}
      </details>
    </article>
  );
}

function Waits(
  { task, number, draft, change }: {
    task: DraftTask;
    number: number;
    draft: Draft;
    change(next: (draft: Draft) => Draft): void;
  },
) {
  const { key, parents } = task;
  const numbers = new Map(draft.map((other, index) => [other.key, index + 1]));
  const titles = new Map(draft.map((other) => [other.key, other.title]));
  const choices = draft.filter((other) => mayLink(draft, other.key, key)).map((other) => ({
    value: other.key,
    label: `${numbers.get(other.key)} ${other.title}`,
  }));
  return (
    <div className="plan-task-row">
      <span className="soft plan-word">{parents.length === 0 ? "Waits for nothing" : "After"}</span>
      {parents.map((parent) => (
        <Chip
          key={parent}
          removeLabel={`Task ${number} no longer waits for task ${numbers.get(parent)}`}
          onRemove={() => change((all) => unlinked(all, parent, key))}
        >
          {numbers.get(parent)} {titles.get(parent)}
        </Chip>
      ))}
      {choices.length > 0 && (
        <Combobox
          className="plan-add-parent"
          label={`Task ${number} waits for`}
          value=""
          placeholder="+ wait for…"
          choices={choices}
          onChange={(parent) => change((all) => linked(all, parent, key))}
        />
      )}
    </div>
  );
}

function Facts({ facts }: { facts: PlanTask | undefined }) {
  if (!facts || (facts.size === null && facts.duplicates.length === 0)) return null;
  const { size, duplicates } = facts;
  return (
    <div className="plan-task-row">
      {size && size.seconds !== null && (
        <Badge title={`The middle of ${size.runs} completed runs of this profile`}>
          usually {span(size.seconds) || "under a minute"}
        </Badge>
      )}
      {duplicates.map(({ id, title, status }) => (
        <span key={id} className="plan-duplicate">
          <Badge tone="amber">Looks like</Badge>
          <TaskLink id={id}>{title}</TaskLink>
          <span className="soft">{statusTitle(status)}</span>
        </span>
      ))}
    </div>
  );
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "";
}
