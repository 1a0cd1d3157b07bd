// Owns: where floating parts are put: into the open dialog, so that its focus trap includes them.

import { createContext, type ReactNode, useContext } from "react";

const Home = createContext<HTMLElement | null>(null);

/** The element floating parts belong into; undefined means the page itself. */
export function usePortalHome(): HTMLElement | undefined {
  return useContext(Home) ?? undefined;
}

const Escape = createContext<((event: KeyboardEvent) => void) | null>(null);

/**
 * What Escape does to the dialog one is in; null outside of one. For what floats and takes the key first
 * although nobody meant it, such as a tooltip.
 */
export function useDialogEscape(): ((event: KeyboardEvent) => void) | null {
  return useContext(Escape);
}

/** Makes `element` the home of everything that floats within `children`. */
export function PortalHome(
  { element, onEscape, children }: {
    element: HTMLElement | null;
    onEscape: (event: KeyboardEvent) => void;
    children: ReactNode;
  },
) {
  return (
    <Escape value={onEscape}>
      <Home value={element}>{children}</Home>
    </Escape>
  );
}
