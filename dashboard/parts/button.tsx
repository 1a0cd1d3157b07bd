// Owns: buttons, plain and with an icon only.

import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { Tip } from "./tip.tsx";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `plain` has no frame until pointed at; `danger` is for what loses something. */
  look?: "normal" | "primary" | "plain" | "danger";
  size?: "normal" | "small";
  icon?: IconName;
  /** Something is under way: the button waits and says so. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with words. */
export function Button(
  { look = "normal", size = "normal", icon, busy, children, className, ...rest }: ButtonProps,
) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${className ?? ""}`}
      data-look={look}
      data-size={size}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  icon: IconName;
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  /** The key that does the same. */
  hint?: string;
}

/** A square button with an icon; its label is its tooltip. */
export function IconButton(
  { icon, label, hint, look = "plain", size = "normal", busy, className, ...rest }: IconButtonProps,
) {
  return (
    <Tip text={label} hint={hint}>
      <button
        type="button"
        {...rest}
        className={`button button-icon ${className ?? ""}`}
        data-look={look}
        data-size={size}
        aria-label={label}
        aria-busy={busy || undefined}
        disabled={rest.disabled || busy}
      >
        <Icon name={icon} />
      </button>
    </Tip>
  );
}
