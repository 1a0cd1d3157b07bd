// Owns: how the dashboard looks as the person chose it: theme and density, kept in this browser.

export const themes = ["system", "dark", "light", "contrast"] as const;
export type Theme = (typeof themes)[number];

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

export interface Appearance {
  theme: Theme;
  density: Density;
}

const keys = { theme: "hermes.theme", density: "hermes.density" };
const listeners = new Set<() => void>();

/** What was chosen; the defaults when nothing was, or when this browser keeps nothing. */
export function readAppearance(): Appearance {
  return {
    theme: oneOf(themes, readStored(keys.theme)) ?? "system",
    density: oneOf(densities, readStored(keys.density)) ?? "comfortable",
  };
}

/** Puts the choice on the document; style sheets do the rest. */
export function applyAppearance({ theme, density }: Appearance): void {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
}

/** Remembers and applies a part of the choice. */
export function changeAppearance(part: Partial<Appearance>): void {
  const next = { ...readAppearance(), ...part };
  try {
    localStorage.setItem(keys.theme, next.theme);
    localStorage.setItem(keys.density, next.density);
  } catch {
    // A browser that keeps nothing still gets the look until it reloads.
  }
  applyAppearance(next);
  for (const listener of listeners) listener();
}

/** Calls back after each change; returns how to stop it. */
export function onAppearance(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}
