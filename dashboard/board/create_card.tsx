// Owns: making a task where it belongs, without leaving the board.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { send } from "../api/client.ts";
import { boardScope } from "../api/keys.ts";
import { useProfiles, useTaskSearch } from "../api/queries.ts";
import type { Task } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { TextInput } from "../parts/field.tsx";
import { showToast } from "../parts/toast_store.ts";
import { titleOf } from "./columns.ts";

interface Draft {
  title: string;
  assignee: string;
  priority: string;
  skills: string;
  parent: string;
}

const empty: Draft = { title: "", assignee: "", priority: "", skills: "", parent: "" };

/** Enter makes the task and leaves the form open for the next; Escape closes it. */
export function CreateCard(
  { status, tenant, onClose }: { status: string; tenant: string; onClose: () => void },
) {
  const [draft, setDraft] = useState(empty);
  const [searched, setSearched] = useState("");
  const { data: profiles = [] } = useProfiles();
  const { data: found, isFetching } = useTaskSearch(searched, 30);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const create = useCreateTask(status, tenant);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.title.trim() === "") return;
    create.mutate(draft, { onSuccess: () => setDraft({ ...empty, assignee: draft.assignee }) });
  };
  return (
    <form
      className="create"
      aria-label={`New task in ${titleOf(status)}`}
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
          choices={profiles.map(({ name, description }) => ({
            value: name,
            label: name,
            detail: description,
          }))}
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
        value={draft.parent}
        choices={(found?.tasks ?? []).map(({ id, title }) => ({
          value: id,
          label: title,
          detail: id,
        }))}
        onSearch={setSearched}
        searching={isFetching}
        onChange={(parent) => change({ parent })}
      />
      {create.error && <p className="create-problem" role="alert">{create.error.message}</p>}
      <div className="create-foot">
        <Button size="small" look="plain" onClick={onClose}>Cancel</Button>
        <Button
          size="small"
          look="primary"
          type="submit"
          busy={create.isPending}
          disabled={draft.title.trim() === ""}
        >
          Create
        </Button>
      </div>
    </form>
  );
}

function useCreateTask(status: string, tenant: string) {
  const client = useQueryClient();
  return useMutation({
    async mutationFn(draft: Draft) {
      const made = await send<{ task: Task; warning?: string }>("POST", "/tasks", {
        body: {
          title: draft.title.trim(),
          triage: status === "triage",
          ...(draft.assignee === "" ? {} : { assignee: draft.assignee }),
          ...(draft.priority === "" ? {} : { priority: Number(draft.priority) }),
          ...(draft.skills.trim() === "" ? {} : { skills: splitSkills(draft.skills) }),
          ...(draft.parent === "" ? {} : { parents: [draft.parent] }),
          ...(tenant === "" ? {} : { tenant }),
        },
      });
      // A new task lands in ready or, behind its parents, in todo; other columns are a move.
      const { id, status: landed } = made.task;
      if (status !== "triage" && status !== "ready" && landed !== status) {
        await send("PATCH", `/tasks/${encodeURIComponent(id)}`, { body: { status } });
      }
      return made;
    },
    onSuccess: ({ warning }) => {
      if (warning) showToast({ text: warning });
    },
    onSettled: () => client.invalidateQueries({ queryKey: boardScope() }),
  });
}

function splitSkills(text: string): string[] {
  return text.split(",").map((skill) => skill.trim()).filter((skill) => skill !== "");
}
