// Owns: a value that turns into a small form when it is clicked.

import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "../parts/button.tsx";
import { Refusal } from "./section.tsx";

/** `children` draws the fields; Enter saves, Escape and "Cancel" leave the value as it was. */
export function InlineEdit(
  { label, shown, onSave, children }: {
    /** What is edited. */
    label: string;
    /** The value as it is read. */
    shown: ReactNode;
    /** Gets what is in the fields. */
    onSave(form: FormData): Promise<unknown>;
    children: ReactNode;
  },
) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    setProblem(null);
    // The field that had the focus is gone; whoever went on meanwhile is left alone.
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (!active || active === document.body || active.matches(".drawer")) {
        trigger.current?.focus();
      }
    });
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(new FormData(event.currentTarget));
      close();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (!open) {
    return (
      <button
        ref={trigger}
        type="button"
        className="fact-button"
        data-edits={label.toLowerCase()}
        onClick={() => setOpen(true)}
      >
        <span className="sr-only">Edit {label.toLowerCase()}:</span>
        {shown}
      </button>
    );
  }
  return (
    <form
      className="fact-form"
      data-keeps-escape=""
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      {children}
      <Refusal error={problem} />
      <div className="drawer-foot-row">
        <Button size="small" look="plain" onClick={close}>Cancel</Button>
        <Button size="small" look="primary" type="submit" busy={busy}>Save</Button>
      </div>
    </form>
  );
}
