// Owns: popovers: a small panel beside the button that opens it.

import * as Radix from "@radix-ui/react-popover";
import type { ReactNode } from "react";
import { usePortalHome } from "./portal_home.tsx";

/** `trigger` is one element that takes focus; the panel closes with Escape and a click outside. */
export function Popover(
  { trigger, label, children, open, onOpenChange, align = "start", width }: {
    trigger: ReactNode;
    /** Read aloud as the panel's name. */
    label: string;
    children: ReactNode;
    open?: boolean;
    onOpenChange?: (open: boolean) => void;
    align?: "start" | "center" | "end";
    /** In px, where there is room. */
    width?: number;
  },
) {
  const home = usePortalHome();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={home}>
        <Radix.Content
          className="popover"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          style={width === undefined ? undefined : { width }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
