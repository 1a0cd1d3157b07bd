// Owns: choosing who does the task.

import { useState } from "react";
import { useProfiles } from "../api/queries.ts";
import type { Task } from "../api/shapes.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { Avatar } from "../parts/badge.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { taskPath, useChangeTask } from "./change_task.ts";
import { Refusal } from "./section.tsx";

/** The profiles with what they are good at. Taking it from a worker asks first. */
export function AssigneeFact({ task }: { task: Task }) {
  const { data: profiles } = useProfiles();
  const [taking, setTaking] = useState<string | null>(null);
  const change = useChangeTask(task.id);
  const assignee = task.assignee ?? "";
  const choices = profiles === undefined ? [] : profileChoices(profiles, assignee);
  const unknown = profiles !== undefined && assignee !== "" &&
    !profiles.some(({ name }) => name === assignee);
  const choose = (next: string) => {
    if (next === assignee) return;
    if (task.status === "running") return setTaking(next);
    change.mutate({ method: "PATCH", path: taskPath(task.id), body: { assignee: next } });
  };
  return (
    <div className="stack">
      <span className="row fact-assignee">
        {assignee !== "" && <Avatar name={assignee} />}
        <Combobox
          label="Assignee"
          className="fact-combobox"
          placeholder="Nobody"
          emptyChoice="Nobody"
          value={assignee}
          choices={choices}
          onChange={choose}
        />
      </span>
      {unknown && <span className="fact-bad">There is no such profile</span>}
      <Refusal error={change.error} />
      {taking !== null && (
        <Confirm
          title={taking === "" ? "Take it from everybody?" : `Give it to ${taking}?`}
          action="Stop and reassign"
          look="danger"
          onConfirm={() =>
            change.mutateAsync({
              path: taskPath(task.id, "/reassign"),
              body: { assignee: taking || null, reclaim: true },
            })}
          onClose={() => setTaking(null)}
        >
          <p>
            {assignee || "Somebody"} works on it now. That attempt ends, and its worker is stopped.
          </p>
        </Confirm>
      )}
    </div>
  );
}
