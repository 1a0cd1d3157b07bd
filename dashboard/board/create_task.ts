// Owns: making a task: what can be said about it, and the requests that make it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { boardScope } from "../api/keys.ts";
import type { Task } from "../api/shapes.ts";
import { showToast } from "../parts/toast_store.ts";

/** A task as it is typed. Empty texts say nothing. */
export interface TaskDraft {
  title: string;
  body: string;
  assignee: string;
  priority: string;
  tenant: string;
  /** With commas between. */
  skills: string;
  /** Ids. */
  parents: readonly string[];
  workspaceKind: string;
  workspacePath: string;
  model: string;
  goal: boolean;
  /** US dollars. */
  maxCost: string;
}

export const emptyDraft: TaskDraft = {
  title: "",
  body: "",
  assignee: "",
  priority: "",
  tenant: "",
  skills: "",
  parents: [],
  workspaceKind: "scratch",
  workspacePath: "",
  model: "",
  goal: false,
  maxCost: "",
};

/** The request's body. */
export function bodyOf(draft: TaskDraft, status: string): Record<string, unknown> {
  const text = (name: string, value: string) => value.trim() === "" ? {} : { [name]: value.trim() };
  const number = (name: string, value: string) => value === "" ? {} : { [name]: Number(value) };
  const skills = draft.skills.split(",").map((skill) => skill.trim()).filter((skill) =>
    skill !== ""
  );
  return {
    title: draft.title.trim(),
    triage: status === "triage",
    ...text("body", draft.body),
    ...text("assignee", draft.assignee),
    ...number("priority", draft.priority),
    ...text("tenant", draft.tenant),
    ...(skills.length === 0 ? {} : { skills }),
    ...(draft.parents.length === 0 ? {} : { parents: draft.parents }),
    ...(draft.workspaceKind === "scratch" ? {} : { workspace_kind: draft.workspaceKind }),
    ...text("workspace_path", draft.workspacePath),
    ...text("model", draft.model),
    ...(draft.goal ? { goal_mode: true } : {}),
    ...number("max_cost_usd", draft.maxCost),
  };
}

/** Makes a task that lands in the column `status`. */
export function useCreateTask(status: string) {
  const client = useQueryClient();
  return useMutation({
    async mutationFn(draft: TaskDraft) {
      const body = bodyOf(draft, status);
      const made = await send<{ task: Task; warning?: string }>("POST", "/tasks", { body });
      // A new task lands in ready or, behind its parents, in todo; other columns are a move.
      const { id, status: landed } = made.task;
      if (status !== "triage" && status !== "ready" && landed !== status) {
        await send("PATCH", `/tasks/${encodeURIComponent(id)}`, { body: { status } });
      }
      return made;
    },
    onSuccess: ({ warning }) => {
      if (warning) showToast({ text: warning });
    },
    onSettled: () => client.invalidateQueries({ queryKey: boardScope() }),
  });
}
