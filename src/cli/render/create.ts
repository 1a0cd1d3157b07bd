// Owns: the text of `create`.

import type { CreateOutput } from "../../ops/tasks/create.ts";
import { name } from "./words.ts";

export function text({ task, created }: CreateOutput): string {
  const word = created ? "Created" : "Exists already:";
  return `${word} ${task.id}  (${task.status}, assignee=${name(task.assignee)})`;
}
