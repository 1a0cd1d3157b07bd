// Owns: asking before something is done that deserves a second look.

import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogFoot } from "./dialog.tsx";

/** A question with two answers. `onConfirm` may take its time; a failure is shown and it stays open. */
export function Confirm(
  { title, children, action, look = "primary", onConfirm, onClose }: {
    title: string;
    children?: ReactNode;
    /** What the button does, as a verb. */
    action: string;
    look?: "primary" | "danger";
    onConfirm(): unknown;
    onClose(): void;
  },
) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      focusFirst={(panel) => panel.querySelector<HTMLElement>('button[type="submit"]')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <div className="dialog-body">
          {children}
          {problem && <p className="confirm-problem" role="alert">{problem}</p>}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={look} busy={busy}>{action}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
