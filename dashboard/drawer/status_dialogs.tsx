// Owns: the questions before a change of status that deserves a second look.

import { useState } from "react";
import { blockKinds } from "../../src/kernel/model/status.ts";
import type { LinkedTask } from "../api/shapes.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Field, Select, TextField } from "../parts/field.tsx";
import { ParentList } from "../parts/parent_list.tsx";
import type { StatusAction } from "./status_actions.ts";

/** What a person adds to a change. */
export type Words = Record<string, string>;

export interface StatusDialogProps {
  action: StatusAction;
  /** Whether an attempt is under way, which the change would end. */
  running: boolean;
  /** Parents it still waits for. */
  openParents: readonly LinkedTask[];
  /** Tasks that build on it. */
  dependents: number;
  onAnswer(words: Words): Promise<unknown>;
  onClose(): void;
}

const blockWords: Record<(typeof blockKinds)[number], string> = {
  needs_input: "It needs an answer",
  capability: "It needs something nobody here can do",
  dependency: "It waits for tasks it is linked to",
  transient: "Something is down for the moment",
};

/** The dialog a change asks for; nothing for one that asks for none. */
export function StatusDialog(props: StatusDialogProps) {
  const { action, running, openParents, onAnswer, onClose } = props;
  const stops = running ? <p>The attempt under way ends, and its worker is stopped.</p> : null;
  switch (action.ask) {
    case "complete":
      return <CompleteDialog {...props} />;
    case "block":
      return <BlockDialog {...props} />;
    case "archive":
      return (
        <Confirm
          title="Archive this task?"
          action="Archive"
          look="danger"
          onConfirm={() => onAnswer({})}
          onClose={onClose}
        >
          <p>It leaves the board. You find it again by showing archived tasks.</p>
          {stops}
        </Confirm>
      );
    case "stop":
      return (
        <Confirm
          title={`${action.label.replace("→ ", "Move to ")}?`}
          action="Stop and move"
          look="danger"
          onConfirm={() => onAnswer({})}
          onClose={onClose}
        >
          {stops}
        </Confirm>
      );
    case "waive":
      return (
        <Confirm
          title="Start without waiting?"
          action="Move to Ready"
          onConfirm={() => onAnswer({})}
          onClose={onClose}
        >
          <p>It still waits for:</p>
          <ParentList parents={openParents} />
          <p>As Ready it starts although they are not done.</p>
        </Confirm>
      );
    case null:
      return null;
  }
}

function CompleteDialog({ dependents, onAnswer, onClose }: StatusDialogProps) {
  const [summary, setSummary] = useState("");
  const [result, setResult] = useState("");
  const hint = dependents > 0
    ? `${dependents} other ${dependents === 1 ? "task builds" : "tasks build"} on it and read this.`
    : "What was done, for whoever builds on it.";
  return (
    <Confirm
      title="Complete this task?"
      action="Complete"
      onConfirm={() => onAnswer(given({ summary, result }))}
      onClose={onClose}
    >
      <TextField
        label="Summary"
        hint={hint}
        autoFocus
        value={summary}
        onChange={setSummary}
      />
      <TextField
        label="Result"
        hint="The result itself, when it is short. May stay empty."
        rows={2}
        value={result}
        onChange={setResult}
      />
    </Confirm>
  );
}

function BlockDialog({ running, onAnswer, onClose }: StatusDialogProps) {
  const [reason, setReason] = useState("");
  const [kind, setKind] = useState("");
  return (
    <Confirm
      title="Block this task?"
      action="Block"
      onConfirm={() => onAnswer(given({ reason, kind }))}
      onClose={onClose}
    >
      <TextField
        label="Reason"
        hint="What has to happen before it can go on."
        autoFocus
        rows={3}
        value={reason}
        onChange={setReason}
      />
      <Field label="Kind">
        {({ id }) => (
          <Select id={id} value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">No particular kind</option>
            {blockKinds.map((name) => <option key={name} value={name}>{blockWords[name]}</option>)}
          </Select>
        )}
      </Field>
      {running && <p>The attempt under way ends, and its worker is stopped.</p>}
    </Confirm>
  );
}

/** The fields that are filled in. */
function given(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text),
  );
}
