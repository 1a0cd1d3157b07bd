// Owns: choosing one of many by typing a part of it.

import { Command } from "cmdk";
import { type ReactNode, useState } from "react";
import { Icon } from "./icon.tsx";
import { Popover } from "./popover.tsx";

export interface Choice {
  value: string;
  label: string;
  /** Shown smaller, and searched too. */
  detail?: string;
}

export interface ComboboxProps {
  /** What is chosen, as a name for people who do not see it. */
  label: string;
  /** "" = nothing chosen. */
  value: string;
  choices: readonly Choice[];
  onChange(value: string): void;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  /** A line that chooses nothing, such as "Nobody". */
  emptyChoice?: string;
  /** Given: the typed text is searched elsewhere, and `choices` are its results. */
  onSearch?(text: string): void;
  /** Results are on their way. */
  searching?: boolean;
  /** Draws the button's inside; the chosen label by default. */
  children?: ReactNode;
  disabled?: boolean;
  className?: string;
  id?: string;
}

/** A button that opens a list with a search field; arrows, Enter and Escape work. */
export function Combobox(props: ComboboxProps) {
  const { label, value, choices, onChange, placeholder = "Choose…", disabled, className } = props;
  const [open, setOpen] = useState(false);
  const chosen = choices.find((choice) => choice.value === value);
  const choose = (next: string) => {
    setOpen(false);
    onChange(next);
  };
  const trigger = (
    <button
      type="button"
      id={props.id}
      className={`combobox ${className ?? ""}`}
      disabled={disabled}
      aria-label={`${label}: ${chosen?.label ?? (value || placeholder)}`}
    >
      <span className="clip" data-empty={value === "" || undefined}>
        {props.children ?? chosen?.label ?? (value || placeholder)}
      </span>
      <Icon name="chevronDown" size={12} />
    </button>
  );
  return (
    <Popover trigger={trigger} label={label} open={open} onOpenChange={setOpen} width={280}>
      <ChoiceList {...props} onChange={choose} />
    </Popover>
  );
}

/** The list alone, for a popover or dialog of one's own. */
export function ChoiceList(
  { label, value, choices, onChange, emptyChoice, onSearch, searching }: ComboboxProps,
) {
  const none = searching ? "Searching…" : "Nothing found";
  return (
    <Command label={label} shouldFilter={onSearch === undefined} loop>
      <Command.Input
        className="combobox-search"
        placeholder={`${label}…`}
        onValueChange={onSearch}
        autoFocus
      />
      <Command.List className="combobox-list" label={label}>
        <Command.Empty className="combobox-none">{none}</Command.Empty>
        {emptyChoice !== undefined && (
          <Command.Item
            className="combobox-item"
            value={emptyChoice}
            onSelect={() => onChange("")}
          >
            <span className="faint">{emptyChoice}</span>
            {value === "" && <Icon name="check" />}
          </Command.Item>
        )}
        {choices.map((choice) => (
          <Command.Item
            key={choice.value}
            className="combobox-item"
            value={choice.value}
            keywords={[choice.label, choice.detail ?? ""]}
            onSelect={() => onChange(choice.value)}
          >
            <span className="combobox-words">
              <span className="clip">{choice.label}</span>
              {choice.detail && <span className="combobox-detail clip">{choice.detail}</span>}
            </span>
            {choice.value === value && <Icon name="check" />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
