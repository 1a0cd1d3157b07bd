// Owns: form fields with a label, a hint and an error.

import * as Radix from "@radix-ui/react-switch";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

/** A label above what `children` draws for the id it is given. */
export function Field(
  { label, hint, error, children }: {
    label: ReactNode;
    hint?: ReactNode;
    /** What is wrong with the value, in words. */
    error?: string | null;
    children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
  },
) {
  const id = useId();
  const note = error ?? hint;
  const noteId = `${id}-note`;
  return (
    <div className="field" data-error={error ? "" : undefined}>
      <label className="field-label" htmlFor={id}>{label}</label>
      {children({ id, describedBy: note ? noteId : undefined })}
      {note && <p className="field-note" id={noteId} role={error ? "alert" : undefined}>{note}</p>}
    </div>
  );
}

export function TextInput(
  { className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> },
) {
  return <input autoComplete="off" {...rest} className={`input ${className ?? ""}`} />;
}

export function TextArea(
  { className, ...rest }:
    & TextareaHTMLAttributes<HTMLTextAreaElement>
    & { ref?: Ref<HTMLTextAreaElement> },
) {
  return <textarea rows={4} {...rest} className={`input textarea ${className ?? ""}`} />;
}

/** A {@link Field} with a {@link TextArea}: what a question asks for in words. */
export function TextField(
  { label, hint, value, onChange, ...rest }:
    & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange">
    & { label: string; hint?: string; value: string; onChange(value: string): void },
) {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <TextArea
          {...rest}
          id={id}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A native list: right for a handful of fixed choices, and for thumbs. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...rest} className={`input select ${className ?? ""}`} />;
}

export function Checkbox(
  { label, className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { label: ReactNode },
) {
  return (
    <label className={`checkbox ${className ?? ""}`}>
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  );
}

/** On or off, taking effect at once. */
export function Switch(
  { label, checked, onChange, disabled }: {
    label: ReactNode;
    checked: boolean;
    onChange(checked: boolean): void;
    disabled?: boolean;
  },
) {
  const id = useId();
  return (
    <div className="switch-row">
      <Radix.Root
        id={id}
        className="switch"
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
      >
        <Radix.Thumb className="switch-thumb" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
