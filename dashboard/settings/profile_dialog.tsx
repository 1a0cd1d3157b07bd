// Owns: adding a profile of one's own.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { RequestError, send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import type { Profile } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { Dialog, DialogFoot } from "../parts/dialog.tsx";
import { Field, TextArea, TextInput } from "../parts/field.tsx";
import { showToast } from "../parts/toast_store.ts";

export function ProfileDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      send<Profile>("POST", "/profiles", {
        body: { name: name.trim(), description: description.trim() },
      }),
    onSuccess: (made) => {
      client.invalidateQueries({ queryKey: homeKey() });
      showToast({ text: `${made.name} is on the team`, tone: "good" });
      onClose();
    },
  });
  const problem = create.error instanceof RequestError
    ? [create.error.message, create.error.remedy].filter(Boolean).join(". ")
    : create.error?.message ?? null;
  return (
    <Dialog title="New profile" onClose={onClose} focusFirst={firstField}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <div className="dialog-body">
          <Field
            label="Name"
            hint="Lower-case letters, digits, hyphens and underscores"
            error={problem}
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                required
                aria-describedby={describedBy}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="What it is good at" hint="The planner routes tasks by this.">
            {({ id, describedBy }) => (
              <TextArea
                id={id}
                rows={3}
                aria-describedby={describedBy}
                placeholder="Translates between German and English"
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={create.isPending}
            disabled={name.trim() === ""}
          >
            Create profile
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

export function firstField(panel: HTMLElement): HTMLElement | null {
  return panel.querySelector<HTMLElement>("input, textarea");
}
