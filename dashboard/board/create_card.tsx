// Owns: making a task where it belongs, without leaving the board.

import { type FormEvent, useState } from "react";
import { useProfiles, useTaskSearch } from "../api/queries.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { statusTitle } from "../format/status_words.ts";
import { Button } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { TextInput } from "../parts/field.tsx";
import { emptyDraft, type TaskDraft, useCreateTask } from "./create_task.ts";

/** Enter makes the task and leaves the form open for the next; Escape closes it. */
export function CreateCard(
  { status, tenant, onMore, onClose }: {
    status: string;
    tenant: string;
    /** Wants to say more than fits here. */
    onMore: (draft: TaskDraft) => void;
    onClose: () => void;
  },
) {
  const [draft, setDraft] = useState<TaskDraft>({ ...emptyDraft, tenant });
  const [searched, setSearched] = useState("");
  const { data: profiles = [] } = useProfiles();
  const { data: found, isFetching } = useTaskSearch(searched, 30);
  const change = (part: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...part }));
  const create = useCreateTask(status);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.title.trim() === "") return;
    const next = { ...emptyDraft, tenant, assignee: draft.assignee };
    setDraft(next);
    // What is refused comes back, unless the next one is being typed already.
    create.mutateAsync(draft).catch(() => setDraft((now) => now === next ? draft : now));
  };
  return (
    <form
      className="create"
      aria-label={`New task in ${statusTitle(status)}`}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TextInput
        autoFocus
        aria-label="Title"
        placeholder={status === "triage" ? "A rough idea…" : "Title"}
        value={draft.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      <div className="create-row">
        <Combobox
          label="Assignee"
          placeholder="Assignee"
          emptyChoice="Nobody"
          value={draft.assignee}
          choices={profileChoices(profiles)}
          onChange={(assignee) => change({ assignee })}
        />
        <TextInput
          type="number"
          aria-label="Priority"
          placeholder="Priority"
          value={draft.priority}
          onChange={(event) => change({ priority: event.target.value })}
        />
      </div>
      <TextInput
        aria-label="Skills, with commas between"
        placeholder="Skills, with commas"
        value={draft.skills}
        onChange={(event) => change({ skills: event.target.value })}
      />
      <Combobox
        label="Parent"
        placeholder="Waits for…"
        emptyChoice="No other task"
        value={draft.parents[0] ?? ""}
        choices={(found?.tasks ?? []).map(({ id, title }) => ({
          value: id,
          label: title,
          detail: id,
        }))}
        onSearch={setSearched}
        searching={isFetching}
        onChange={(parent) => change({ parents: parent === "" ? [] : [parent] })}
      />
      {create.error && <p className="create-problem" role="alert">{create.error.message}</p>}
      <div className="create-foot">
        <Button size="small" look="plain" onClick={() => onMore(draft)}>More…</Button>
        <span className="spacer" />
        <Button size="small" look="plain" onClick={onClose}>Cancel</Button>
        <Button
          size="small"
          look="primary"
          type="submit"
          disabled={draft.title.trim() === ""}
        >
          Create
        </Button>
      </div>
    </form>
  );
}
