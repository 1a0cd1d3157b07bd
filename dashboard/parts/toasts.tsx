// Owns: the corner where short messages appear.

import { useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { Button, IconButton } from "./button.tsx";
import { dismissToast, holdToasts, onToasts, shownToasts } from "./toast_store.ts";

/** Over everything, announced politely; render it once. */
export function Toasts() {
  const toasts = useSyncExternalStore(onToasts, shownToasts);
  return createPortal(
    <section
      className="toasts"
      aria-label="Messages"
      aria-live="polite"
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={() => holdToasts(false)}
      onFocus={() => holdToasts(true)}
      onBlur={() => holdToasts(false)}
    >
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" data-tone={toast.tone}>
          <div className="toast-words">
            <span className="anywhere">{toast.text}</span>
            {toast.lines && (
              <ul className="toast-lines">
                {toast.lines.map((line, index) => <li key={index}>{line}</li>)}
              </ul>
            )}
          </div>
          {toast.action && (
            <Button
              size="small"
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            icon="close"
            size="small"
            label="Dismiss"
            onClick={() => dismissToast(toast.id)}
          />
        </div>
      ))}
    </section>,
    document.body,
  );
}
