// Owns: the form with everything that can be said about a new task.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ModelOptionsOutput } from "../../src/ops/runs/model_options.ts";
import { get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { useProfiles, useTaskSearch } from "../api/queries.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { statusTitle } from "../format/status_words.ts";
import { Chip } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Dialog, DialogFoot } from "../parts/dialog.tsx";
import { Checkbox, Field, Select, TextArea, TextInput } from "../parts/field.tsx";
import { type TaskDraft, useCreateTask } from "./create_task.ts";

export function CreateDialog(
  { status, start, onClose }: {
    /** The column it lands in. */
    status: string;
    /** What was typed elsewhere already. */
    start: TaskDraft;
    onClose: () => void;
  },
) {
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...part }));
  const create = useCreateTask(status);
  return (
    <Dialog title={`New task in ${statusTitle(status)}`} width={640} onClose={onClose}>
      <form
        className="create-all"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(draft, { onSuccess: onClose });
        }}
      >
        <div className="dialog-body">
          <Field label="Title">
            {({ id }) => (
              <TextInput
                id={id}
                autoFocus
                required
                value={draft.title}
                onChange={(event) => change({ title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Description" hint="Goal, approach, acceptance. Markdown is rendered.">
            {({ id, describedBy }) => (
              <TextArea
                id={id}
                aria-describedby={describedBy}
                rows={6}
                value={draft.body}
                onChange={(event) => change({ body: event.target.value })}
              />
            )}
          </Field>
          <People draft={draft} change={change} />
          <Parents draft={draft} change={change} />
          <Work draft={draft} change={change} />
          {create.error && <p className="create-problem" role="alert">{create.error.message}</p>}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={create.isPending}
            disabled={draft.title.trim() === ""}
          >
            Create
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface PartProps {
  draft: TaskDraft;
  change(part: Partial<TaskDraft>): void;
}

function People({ draft, change }: PartProps) {
  const { data: profiles = [] } = useProfiles();
  return (
    <div className="create-grid">
      <Field label="Assignee">
        {({ id }) => (
          <Combobox
            id={id}
            label="Assignee"
            placeholder="Nobody"
            emptyChoice="Nobody"
            value={draft.assignee}
            choices={profileChoices(profiles)}
            onChange={(assignee) => change({ assignee })}
          />
        )}
      </Field>
      <Field label="Priority">
        {({ id }) => (
          <TextInput
            id={id}
            type="number"
            placeholder="0"
            value={draft.priority}
            onChange={(event) => change({ priority: event.target.value })}
          />
        )}
      </Field>
      <Field label="Tenant">
        {({ id }) => (
          <TextInput
            id={id}
            value={draft.tenant}
            onChange={(event) => change({ tenant: event.target.value })}
          />
        )}
      </Field>
      <Field label="Skills">
        {({ id }) => (
          <TextInput
            id={id}
            placeholder="With commas between"
            value={draft.skills}
            onChange={(event) => change({ skills: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function Parents({ draft, change }: PartProps) {
  const [searched, setSearched] = useState("");
  const [titles, setTitles] = useState<Record<string, string>>({});
  const { data, isFetching } = useTaskSearch(searched, 30);
  const tasks = (data?.tasks ?? []).filter(({ id }) => !draft.parents.includes(id));
  return (
    <Field label="Waits for">
      {({ id }) => (
        <div className="create-parents">
          {draft.parents.map((parent) => (
            <Chip
              key={parent}
              removeLabel={`Do not wait for ${titles[parent] ?? parent}`}
              onRemove={() =>
                change({ parents: draft.parents.filter((other) => other !== parent) })}
            >
              {titles[parent] ?? parent}
            </Chip>
          ))}
          <Combobox
            id={id}
            label="Parent"
            placeholder="Add a task…"
            value=""
            choices={tasks.map(({ id, title }) => ({ value: id, label: title, detail: id }))}
            onSearch={setSearched}
            searching={isFetching}
            onChange={(parent) => {
              const title = tasks.find(({ id }) => id === parent)?.title ?? parent;
              setTitles({ ...titles, [parent]: title });
              change({ parents: [...draft.parents, parent] });
            }}
          />
        </div>
      )}
    </Field>
  );
}

function Work({ draft, change }: PartProps) {
  const { data: options } = useQuery({
    queryKey: key("model-options"),
    queryFn: ({ signal }) => get<ModelOptionsOutput>("/model-options", { signal }),
  });
  const main = options?.main.model;
  return (
    <>
      <div className="create-grid">
        <Field label="Workspace">
          {({ id }) => (
            <Select
              id={id}
              value={draft.workspaceKind}
              onChange={(event) => change({ workspaceKind: event.target.value })}
            >
              <option value="scratch">A fresh folder</option>
              <option value="dir">An existing folder</option>
              <option value="worktree">A worktree of a git repository</option>
            </Select>
          )}
        </Field>
        {draft.workspaceKind !== "scratch" && (
          <Field label="Absolute path">
            {({ id }) => (
              <TextInput
                id={id}
                placeholder="/home/me/project"
                value={draft.workspacePath}
                onChange={(event) => change({ workspacePath: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label="Model">
          {({ id }) => (
            <Select
              id={id}
              value={draft.model}
              onChange={(event) => change({ model: event.target.value })}
            >
              <option value="">The profile's{main ? ` (${main})` : ""}</option>
              {options?.models.map((model) => <option key={model}>{model}</option>)}
            </Select>
          )}
        </Field>
        <Field label="May cost at most, US dollars">
          {({ id }) => (
            <TextInput
              id={id}
              type="number"
              min="0"
              step="any"
              placeholder="No limit"
              value={draft.maxCost}
              onChange={(event) => change({ maxCost: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Checkbox
        label="Goal: a judge decides whether it is done, and its worker goes on until then"
        checked={draft.goal}
        onChange={(event) => change({ goal: event.target.checked })}
      />
    </>
  );
}
