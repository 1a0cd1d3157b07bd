// Owns: what can be done with all selected cards at once.

import { useState } from "react";
import { useProfiles } from "../api/queries.ts";
import type { Card } from "../api/shapes.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Checkbox } from "../parts/field.tsx";
import { Menu, MenuItem } from "../parts/menu.tsx";
import type { Change } from "./change_tasks.ts";

export function BulkBar(
  { cards, onMove, onChange, onClear }: {
    cards: readonly Card[];
    onMove(to: string): void;
    onChange(change: Change): void;
    onClear(): void;
  },
) {
  const { data: profiles = [] } = useProfiles();
  const [reclaim, setReclaim] = useState(false);
  const runs = cards.some(({ status }) => status === "running");
  if (cards.length === 0) return null;
  return (
    <div className="bulk" role="region" aria-label="Selected tasks">
      <span className="bulk-count" aria-live="polite">{cards.length} selected</span>
      <Button size="small" onClick={() => onMove("ready")}>Ready</Button>
      <Button size="small" onClick={() => onMove("done")}>Complete</Button>
      <Combobox
        className="bulk-assign"
        label="Assign"
        placeholder="Assign…"
        emptyChoice="Nobody"
        value=" "
        choices={profileChoices(profiles)}
        onChange={(assignee) => onChange({ assignee, reclaimFirst: runs && reclaim })}
      >
        Assign…
      </Combobox>
      {runs && (
        <Checkbox
          label="Stop running ones first"
          checked={reclaim}
          onChange={(event) => setReclaim(event.target.checked)}
        />
      )}
      <Menu label="Priority" trigger={<Button size="small">Priority</Button>}>
        {[3, 2, 1, 0, -1].map((priority) => (
          <MenuItem
            key={priority}
            onSelect={() => onChange({ priority })}
          >
            {priority === 0 ? "None" : `P${priority}`}
          </MenuItem>
        ))}
      </Menu>
      <Button size="small" look="danger" onClick={() => onMove("archived")}>Archive</Button>
      <IconButton
        icon="close"
        size="small"
        label="Clear the selection"
        hint="Esc"
        onClick={onClear}
      />
    </div>
  );
}
