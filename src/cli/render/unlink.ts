// Owns: the text of `unlink`.

import { HermesError } from "../../base/errors.ts";
import type { UnlinkOutput } from "../../ops/tasks/unlink.ts";

export function text({ parent_id, child_id }: UnlinkOutput): string {
  return `Unlinked ${parent_id} -> ${child_id}`;
}

export function refusal({ parent_id, child_id, removed }: UnlinkOutput): HermesError | null {
  if (removed) return null;
  return new HermesError("not_found", `Cannot unlink ${parent_id} -> ${child_id}: no such link`, {
    remedy: `See the links with: hermes kanban show ${child_id}`,
  });
}
