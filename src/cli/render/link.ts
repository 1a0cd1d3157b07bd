// Owns: the text of `link`.

import type { LinkOutput } from "../../ops/tasks/link.ts";

export function text({ parent_id, child_id, added }: LinkOutput): string {
  return added
    ? `Linked ${parent_id} -> ${child_id}`
    : `Linked ${parent_id} -> ${child_id} (it was already)`;
}
