// Owns: choosing how the dashboard looks, and seeing it before choosing.

import { changeAppearance, type Density, type Theme } from "../design/appearance.ts";
import { densityNames, themeNames, useAppearance } from "../design/use_appearance.ts";

export function AppearancePanel() {
  const { theme, density } = useAppearance();
  return (
    <section className="settings-section" aria-labelledby="appearance-head">
      <h2 id="appearance-head">Appearance</h2>
      <p className="soft">Kept in this browser.</p>
      <Choices
        legend="Theme"
        names={themeNames}
        value={theme}
        onChange={(next) => changeAppearance({ theme: next as Theme })}
      />
      <Choices
        legend="Density"
        names={densityNames}
        value={density}
        onChange={(next) => changeAppearance({ density: next as Density })}
      />
    </section>
  );
}

function Choices(
  { legend, names, value, onChange }: {
    legend: string;
    names: Readonly<Record<string, string>>;
    value: string;
    onChange(value: string): void;
  },
) {
  return (
    <fieldset className="choices">
      <legend className="field-label">{legend}</legend>
      {Object.entries(names).map(([name, words]) => (
        <label key={name} className="choice" data-chosen={name === value || undefined}>
          <input
            type="radio"
            name={legend}
            value={name}
            checked={name === value}
            onChange={() =>
              onChange(name)}
          />
          <span className="choice-sample" data-sample={name} aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          {words}
        </label>
      ))}
    </fieldset>
  );
}
