// Owns: dialogs and side sheets: focus is kept inside and given back, Escape and a click outside close.

import * as Radix from "@radix-ui/react-dialog";
import { type KeyboardEventHandler, type ReactNode, useState } from "react";
import { IconButton } from "./button.tsx";
import { PortalHome } from "./portal_home.tsx";

export interface DialogProps {
  title: ReactNode;
  /** One or two sentences below the title. */
  description?: ReactNode;
  onClose(): void;
  children: ReactNode;
  /** `side` is a sheet at the right edge, over the whole screen where that is narrow. */
  kind?: "centre" | "side" | "top";
  /** The title is read aloud but not shown; the children draw their own head. */
  plain?: boolean;
  /** Width in px of a `centre` or `side` dialog where there is room. */
  width?: number;
  /** Class of the panel, for a page's own rules. */
  className?: string;
  /** Gets focus, unless something in it has taken it already; else the panel does. */
  focusFirst?: (panel: HTMLElement) => HTMLElement | null | undefined;
  /** Hears Escape before the dialog closes; `preventDefault` keeps it open. */
  onEscape?: (event: KeyboardEvent) => void;
  /** Keys pressed anywhere in it. */
  onKeyDown?: KeyboardEventHandler<HTMLElement>;
}

/**
 * An open dialog; render it only while it is open. Scroll locking is left to the page, which never
 * scrolls as a whole: the package's own way inserts a style element, which the page's policy forbids.
 */
export function Dialog(props: DialogProps) {
  const { title, description, onClose, children, kind = "centre", plain, width, className } = props;
  const [panel, setPanel] = useState<HTMLElement | null>(null);
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="dialog-scrim" data-kind={kind} />
        <Radix.Content
          ref={setPanel}
          className={`dialog ${className ?? ""}`}
          data-kind={kind}
          style={width === undefined ? undefined : { maxWidth: width }}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onPointerDownOutside={keepForToasts}
          onInteractOutside={keepForToasts}
          onEscapeKeyDown={props.onEscape}
          onKeyDown={props.onKeyDown}
          onCloseAutoFocus={(event) => {
            // The package gives focus back to a trigger of its own only.
            event.preventDefault();
            if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
          }}
          onOpenAutoFocus={(event) => {
            // The panel rather than its first button, whose tooltip would open with it.
            event.preventDefault();
            const whole = event.currentTarget as HTMLElement;
            (props.focusFirst?.(whole) ?? whole).focus();
          }}
        >
          <PortalHome
            element={panel}
            onEscape={(event) => {
              props.onEscape?.(event);
              if (!event.defaultPrevented) onClose();
            }}
          >
            {plain
              ? <Radix.Title className="sr-only">{title}</Radix.Title>
              : (
                <header className="dialog-head">
                  <Radix.Title asChild>
                    <h2 className="dialog-title">{title}</h2>
                  </Radix.Title>
                  <IconButton icon="close" label="Close" hint="Esc" onClick={onClose} />
                </header>
              )}
            {description !== undefined && (
              <Radix.Description className={plain ? "sr-only" : "dialog-description"}>
                {description}
              </Radix.Description>
            )}
            {children}
          </PortalHome>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at the foot of a dialog. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className="dialog-foot">{children}</footer>;
}

/** A toast lies over everything; using one does not close what it lies over. */
function keepForToasts(event: Event & { detail: { originalEvent: Event } }): void {
  const target = event.detail.originalEvent.target;
  if (target instanceof Element && target.closest(".toasts")) event.preventDefault();
}
