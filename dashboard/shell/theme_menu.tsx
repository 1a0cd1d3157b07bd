// Owns: choosing the theme and the density.

import { useSyncExternalStore } from "react";
import {
  changeAppearance,
  type Density,
  onAppearance,
  readAppearance,
  type Theme,
} from "../design/appearance.ts";
import { IconButton } from "../parts/button.tsx";
import { Menu, MenuItem, MenuLabel, MenuRule } from "../parts/menu.tsx";

const themeNames: Record<Theme, string> = {
  system: "As the system",
  dark: "Dark",
  light: "Light",
  contrast: "High contrast",
};

const densityNames: Record<Density, string> = { comfortable: "Comfortable", compact: "Compact" };

export function ThemeMenu() {
  const { theme, density } = useAppearance();
  return (
    <Menu trigger={<IconButton icon="sun" label="Appearance" />} label="Appearance" align="end">
      <MenuLabel>Theme</MenuLabel>
      {Object.entries(themeNames).map(([name, label]) => (
        <MenuItem
          key={name}
          checked={name === theme}
          onSelect={() => changeAppearance({ theme: name as Theme })}
        >
          {label}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuLabel>Density</MenuLabel>
      {Object.entries(densityNames).map(([name, label]) => (
        <MenuItem
          key={name}
          checked={name === density}
          onSelect={() => changeAppearance({ density: name as Density })}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What is chosen, kept up to date. */
export function useAppearance() {
  const stamp = useSyncExternalStore(onAppearance, () => JSON.stringify(readAppearance()));
  return JSON.parse(stamp) as ReturnType<typeof readAppearance>;
}
