// Owns: lines to take somewhere else, such as a command or a piece of configuration.

import { IconButton } from "./button.tsx";
import { showError, showToast } from "./toast_store.ts";

export function CopyBlock({ text, label }: { text: string; label: string }) {
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => showToast({ text: "Copied", tone: "good" }),
      (error) => showError("Cannot copy", error),
    );
  };
  return (
    <div className="copy-block">
      <pre tabIndex={0} aria-label={label}>{text}</pre>
      <IconButton icon="copy" label={`Copy: ${label}`} onClick={copy} />
    </div>
  );
}
