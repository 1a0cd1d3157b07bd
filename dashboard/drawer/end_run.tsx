// Owns: ending an attempt that is under way.

import { useState } from "react";
import type { Run } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { Field, TextInput } from "../parts/field.tsx";
import { useChangeTask } from "./change_task.ts";

/** Ends this very attempt and no later one; its task is ready again. */
export function EndRun({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const change = useChangeTask(run.task_id);
  return (
    <>
      <Button size="small" look="danger" onClick={() => setAsking(true)}>
        End this run
      </Button>
      {asking && (
        <Confirm
          title={`End run ${run.id} of ${run.profile ?? "somebody"}?`}
          action="End it"
          look="danger"
          onConfirm={() =>
            change.mutateAsync({
              path: `/runs/${run.id}/terminate`,
              body: reason.trim() === "" ? {} : { reason: reason.trim() },
            })}
          onClose={() => setAsking(false)}
        >
          <p>Its worker is stopped. The task is ready again and starts anew.</p>
          <Field label="Reason" hint="For the next attempt. May stay empty.">
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                autoFocus
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </Confirm>
      )}
    </>
  );
}
