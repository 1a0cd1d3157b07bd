// Owns: tasks that another one waits for, as a list in a question.

import { statusTitle } from "../format/status_words.ts";
import { StatusDot } from "./badge.tsx";

export function ParentList(
  { parents }: { parents: readonly { id: string; title: string; status: string }[] },
) {
  return (
    <ul className="stack">
      {parents.map(({ id, title, status }) => (
        <li key={id} className="row">
          <StatusDot status={status} />
          <span className="anywhere" dir="auto">{title}</span>
          <span className="faint">{statusTitle(status)}</span>
        </li>
      ))}
    </ul>
  );
}
