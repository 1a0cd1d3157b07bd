// Owns: choosing the board this browser looks at.

import { useLocation } from "wouter";
import { useBoards } from "../api/queries.ts";
import { chooseBoard, chosenBoard } from "../api/board_choice.ts";
import { Icon } from "../parts/icon.tsx";
import { Menu, MenuItem, MenuLabel, MenuRule } from "../parts/menu.tsx";

export function BoardSwitcher() {
  const { data } = useBoards();
  const [, navigate] = useLocation();
  const chosen = chosenBoard();
  const entry = data?.boards.find(({ slug }) => slug === chosen);
  const name = entry?.name || chosen;
  const trigger = (
    <button type="button" className="board-switcher" aria-label={`Board: ${name}`}>
      <span className="clip">{name}</span>
      <Icon name="chevronDown" size={12} />
    </button>
  );
  return (
    <Menu trigger={trigger} label="Boards">
      <MenuLabel>Boards</MenuLabel>
      {(data?.boards ?? []).filter(({ archived }) => !archived).map((
        { slug, name, icon, total },
      ) => (
        <MenuItem key={slug} checked={slug === chosen} onSelect={() => chooseBoard(slug)}>
          {icon && `${icon} `}
          {name || slug} <span className="faint">{total}</span>
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem icon="plus" onSelect={() => navigate("/settings/boards?new=1")}>
        New board…
      </MenuItem>
      <MenuItem icon="settings" onSelect={() => navigate("/settings/boards")}>
        Manage boards
      </MenuItem>
    </Menu>
  );
}
