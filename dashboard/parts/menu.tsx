// Owns: menus: a list of actions behind one button.

import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { usePortalHome } from "./portal_home.tsx";

/** A menu opened by `trigger`, one element that takes focus. Children are items, rules and labels. */
export function Menu(
  { trigger, label, children, align = "start" }: {
    trigger: ReactNode;
    label: string;
    children: ReactNode;
    align?: "start" | "center" | "end";
  },
) {
  const home = usePortalHome();
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={home}>
        <Radix.Content
          className="menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem(
  { children, icon, hint, look, disabled, checked, onSelect }: {
    children: ReactNode;
    icon?: IconName;
    hint?: string;
    look?: "danger";
    disabled?: boolean;
    checked?: boolean;
    onSelect(): void;
  },
) {
  return (
    <Radix.Item className="menu-item" data-look={look} disabled={disabled} onSelect={onSelect}>
      {icon && <Icon name={icon} />}
      <span className="clip">{children}</span>
      {hint && <kbd className="key">{hint}</kbd>}
      {checked && (
        <span className="menu-check">
          <Icon name="check" />
          <span className="sr-only">chosen</span>
        </span>
      )}
    </Radix.Item>
  );
}

export function MenuRule() {
  return <Radix.Separator className="menu-rule" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-label">{children}</Radix.Label>;
}
