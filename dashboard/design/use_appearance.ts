// Owns: the chosen appearance inside the application: its names for people, and a hook that follows it.

import { useSyncExternalStore } from "react";
import { type Density, onAppearance, readAppearance, type Theme } from "./appearance.ts";

export const themeNames: Record<Theme, string> = {
  system: "As the system",
  dark: "Dark",
  light: "Light",
  contrast: "High contrast",
};

export const densityNames: Record<Density, string> = {
  comfortable: "Comfortable",
  compact: "Compact",
};

/** What is chosen, kept up to date. */
export function useAppearance() {
  const stamp = useSyncExternalStore(onAppearance, () => JSON.stringify(readAppearance()));
  return JSON.parse(stamp) as ReturnType<typeof readAppearance>;
}
