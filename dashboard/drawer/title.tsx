// Owns: the title of the task, edited in place.

import { useState } from "react";
import { TextArea } from "../parts/field.tsx";
import { taskPath, useChangeTask } from "./change_task.ts";
import { keepDraft, readDraft } from "./drafts.ts";
import { Refusal } from "./section.tsx";

/** A click or Enter edits; Enter saves, Escape leaves it as it was. */
export function Title({ id, title }: { id: string; title: string }) {
  const name = `title ${id}`;
  const [draft, setText] = useState<string | null>(readDraft(name));
  const setDraft = (text: string | null) => {
    keepDraft(name, text === title ? null : text);
    setText(text);
  };
  const change = useChangeTask(id);
  const save = () => {
    const next = (draft ?? "").replace(/\s+/g, " ").trim();
    if (draft === null || change.isPending) return;
    if (next === title) return setDraft(null);
    change.mutate({ method: "PATCH", path: taskPath(id), body: { title: next } }, {
      onSuccess: () => setDraft(null),
    });
  };
  if (draft === null) {
    return (
      <h2 className="drawer-title">
        <button type="button" dir="auto" title="Edit the title" onClick={() => setDraft(title)}>
          {title}
        </button>
      </h2>
    );
  }
  return (
    <div className="stack">
      <h2 className="sr-only">{title}</h2>
      <TextArea
        className="drawer-title-input"
        aria-label="Title"
        dir="auto"
        rows={1}
        autoFocus
        data-keeps-escape=""
        value={draft}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") {
            change.reset();
            setDraft(null);
          } else if (event.key === "Enter") {
            event.preventDefault();
            save();
          }
        }}
      />
      <Refusal error={change.error} />
    </div>
  );
}
