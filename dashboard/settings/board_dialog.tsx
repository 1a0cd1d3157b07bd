// Owns: making a board, and changing what people call it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { chooseBoard } from "../api/board_choice.ts";
import { RequestError, send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import type { BoardEntry } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { Dialog, DialogFoot } from "../parts/dialog.tsx";
import { Field, TextInput } from "../parts/field.tsx";
import { firstField } from "./profile_dialog.tsx";

interface Draft {
  slug: string;
  name: string;
  description: string;
  icon: string;
  color: string;
  default_workdir: string;
}

const noColor = "";

/** Without `board` it makes a new one and shows it. */
export function BoardDialog({ board, onClose }: { board?: BoardEntry; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({
    slug: board?.slug ?? "",
    name: board?.name ?? "",
    description: board?.description ?? "",
    icon: board?.icon ?? "",
    color: board?.color ?? noColor,
    default_workdir: board?.default_workdir ?? "",
  });
  const client = useQueryClient();
  const slug = board ? board.slug : draft.slug.trim() || slugOf(draft.name);
  const save = useMutation({
    mutationFn: async () => {
      const { slug: _, default_workdir, ...look } = draft;
      const folder = default_workdir.trim();
      if (board) {
        return await send<{ board: BoardEntry }>("PATCH", `/boards/${encodeURIComponent(slug)}`, {
          body: { ...look, default_workdir: folder === "" ? null : folder },
        });
      }
      return await send<{ board: BoardEntry }>("POST", "/boards", {
        body: { slug, ...look, ...(folder === "" ? {} : { default_workdir: folder }) },
      });
    },
    onSuccess: ({ board: made }) => {
      client.invalidateQueries({ queryKey: homeKey("boards") });
      onClose();
      if (!board) chooseBoard(made.slug);
    },
  });
  const text = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: event.target.value })),
  });
  return (
    <Dialog
      title={board ? `Edit ${board.name || board.slug}` : "New board"}
      onClose={onClose}
      focusFirst={firstField}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className="dialog-body">
          <Field label="Name">
            {({ id }) => <TextInput id={id} placeholder="Web site" {...text("name")} />}
          </Field>
          {!board && (
            <Field
              label="Short name"
              hint="In addresses and commands: letters, digits, hyphens and underscores"
            >
              {({ id, describedBy }) => (
                <TextInput
                  id={id}
                  aria-describedby={describedBy}
                  placeholder={slugOf(draft.name) || "site"}
                  {...text("slug")}
                />
              )}
            </Field>
          )}
          <Field label="What it is for">
            {({ id }) => <TextInput id={id} {...text("description")} />}
          </Field>
          <div className="settings-grid">
            <Field label="Icon" hint="An emoji or a letter">
              {({ id, describedBy }) => (
                <TextInput id={id} aria-describedby={describedBy} maxLength={8} {...text("icon")} />
              )}
            </Field>
            <Field label="Colour" hint="A CSS colour, such as teal or #0a7">
              {({ id, describedBy }) => (
                <TextInput id={id} aria-describedby={describedBy} {...text("color")} />
              )}
            </Field>
          </div>
          <Field
            label="Default folder"
            hint="Absolute; for tasks that work in a folder or a git worktree and name none"
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                placeholder="/home/you/src/site"
                {...text("default_workdir")}
              />
            )}
          </Field>
          {save.error && <p className="settings-bad anywhere" role="alert">{words(save.error)}</p>}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={slug === ""}>
            {board ? "Save" : "Create board"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** `Web site 2` → `web-site-2`. */
function slugOf(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "").slice(0, 48);
}

function words(error: Error): string {
  const remedy = error instanceof RequestError ? error.remedy : null;
  return [error.message, remedy].filter(Boolean).join(". ");
}
