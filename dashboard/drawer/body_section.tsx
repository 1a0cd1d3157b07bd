// Owns: the description: read as Markdown, edited as text, with a preview.

import { type KeyboardEvent, useState } from "react";
import { Button } from "../parts/button.tsx";
import { TextArea } from "../parts/field.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { taskPath, useChangeTask } from "./change_task.ts";
import { Clamp } from "./clamp.tsx";
import { keepDraft, readDraft } from "./drafts.ts";
import { Refusal, Section } from "./section.tsx";

export function BodySection({ id, body }: { id: string; body: string }) {
  const name = `body ${id}`;
  const [editing, setEditing] = useState(readDraft(name) !== null);
  const edit = <Button size="small" look="plain" onClick={() => setEditing(true)}>Edit</Button>;
  return (
    <Section title="Description" actions={editing ? null : edit}>
      {editing
        ? <Editor {...{ id, body, name }} onClose={() => setEditing(false)} />
        : body.trim() === ""
        ? (
          <button type="button" className="drawer-add" onClick={() => setEditing(true)}>
            Add a description…
          </button>
        )
        : (
          <Clamp text={body}>
            {(shown) => (
              <div dir="auto">
                <Markdown text={shown} />
              </div>
            )}
          </Clamp>
        )}
    </Section>
  );
}

function Editor(
  { id, body, name, onClose }: { id: string; body: string; name: string; onClose(): void },
) {
  const [text, setText] = useState(readDraft(name) ?? body);
  const change = useChangeTask(id);
  const write = (next: string) => {
    setText(next);
    keepDraft(name, next === body ? null : next);
  };
  const close = () => {
    keepDraft(name, null);
    onClose();
  };
  const save = () =>
    change.mutate({ method: "PATCH", path: taskPath(id), body: { body: text } }, {
      onSuccess: close,
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
    // With changes Escape would lose them: then only the button does it.
    if (event.key === "Escape" && text === body) close();
  };
  return (
    <div className="stack" data-keeps-escape="" onKeyDown={onKeyDown}>
      <Tabs
        label="Description"
        tabs={[
          {
            id: "write",
            label: "Write",
            content: (
              <TextArea
                aria-label="Description, in Markdown"
                className="drawer-body-input"
                dir="auto"
                autoFocus
                rows={Math.min(24, Math.max(6, text.split("\n").length + 1))}
                value={text}
                onChange={(event) => write(event.target.value)}
              />
            ),
          },
          {
            id: "preview",
            label: "Preview",
            content: (
              <div className="drawer-preview" dir="auto">
                <Markdown text={text} />
              </div>
            ),
          },
        ]}
      />
      <Refusal error={change.error} />
      <div className="drawer-foot-row">
        <Button size="small" look="plain" onClick={close}>
          {text === body ? "Cancel" : "Discard changes"}
        </Button>
        <Button size="small" look="primary" busy={change.isPending} onClick={save}>Save</Button>
      </div>
    </div>
  );
}
