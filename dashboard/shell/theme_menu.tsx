// Owns: choosing the theme and the density.

import { changeAppearance, type Density, type Theme } from "../design/appearance.ts";
import { densityNames, themeNames, useAppearance } from "../design/use_appearance.ts";
import { IconButton } from "../parts/button.tsx";
import { Menu, MenuItem, MenuLabel, MenuRule } from "../parts/menu.tsx";

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
