// Owns: tooltips: a few words on hover and on focus, with the key that does the same.

import * as Tooltip from "@radix-ui/react-tooltip";
import type { ReactNode } from "react";
import { useDialogEscape, usePortalHome } from "./portal_home.tsx";

/** Words beside `children`, which must be one element that takes focus. */
export function Tip(
  { text, hint, side, children }: {
    text: ReactNode;
    hint?: string;
    side?: "top" | "right" | "bottom" | "left";
    children: ReactNode;
  },
) {
  const home = usePortalHome();
  const escape = useDialogEscape();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={home}>
        <Tooltip.Content
          className="tip"
          side={side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={(event) => escape?.(event)}
        >
          {text}
          {hint && <kbd className="key">{hint}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Around the whole application. */
export function TipProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>{children}
  </Tooltip.Provider>;
}
