// Owns: the question a command asks before it acts.

import { useState } from "react";
import { Confirm } from "../parts/confirm.tsx";
import { Field, TextArea } from "../parts/field.tsx";

export interface Question {
  title: string;
  words?: string;
  /** Label of a text that goes along; no text is asked for without it. */
  field?: string;
  action: string;
  danger?: boolean;
  run(text: string): unknown;
}

export function AskDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const [text, setText] = useState("");
  const { title, words, field, action, danger, run } = question;
  return (
    <Confirm
      title={title}
      action={action}
      look={danger ? "danger" : "primary"}
      onConfirm={() => run(text.trim())}
      onClose={onClose}
    >
      {words && <p>{words}</p>}
      {field !== undefined && (
        <Field label={field}>
          {({ id }) => (
            <TextArea
              id={id}
              autoFocus
              rows={3}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
    </Confirm>
  );
}
