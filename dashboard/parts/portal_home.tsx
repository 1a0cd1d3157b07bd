// Owns: where floating parts are put: into the open dialog, so that its focus trap includes them.

import { createContext, type ReactNode, useContext } from "react";

const Home = createContext<HTMLElement | null>(null);

/** The element floating parts belong into; undefined means the page itself. */
export function usePortalHome(): HTMLElement | undefined {
  return useContext(Home) ?? undefined;
}

/** Makes `element` the home of everything that floats within `children`. */
export function PortalHome(
  { element, children }: { element: HTMLElement | null; children: ReactNode },
) {
  return <Home value={element}>{children}</Home>;
}
