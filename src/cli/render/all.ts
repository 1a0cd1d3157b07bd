// Owns: which renderer belongs to which operation.

import type { HermesError } from "../../base/errors.ts";
import type { AnyOperation } from "../../ops/define.ts";
import type { Screen } from "../terminal.ts";

/** Turns an operation's output, or one item of a stream, into text for people. */
export interface Renderer {
  text(output: unknown, screen: Screen): string;
  /** The error that an output stands for, when the operation answers instead of refusing. */
  refusal?(output: unknown): HermesError | null;
  /** Exit status of a command whose output is printed although it is not good news; 0 when absent. */
  status?(output: unknown): number;
  /** Printed when a stream ends without an item. */
  empty?: string;
}

interface RendererModule<Output> {
  text(output: Output, screen: Screen): string;
  refusal?(output: Output): HermesError | null;
  status?(output: Output): number;
  empty?: string;
}

/** The types of outputs are checked where each renderer is written. */
// deno-lint-ignore no-explicit-any -- one table for outputs of all types
const renderers: Record<string, () => Promise<RendererModule<any>>> = {
  "kanban archive": () => import("./archive.ts"),
  "kanban assign": () => import("./assign.ts"),
  "kanban assignees": () => import("./assignees.ts"),
  "kanban attach": () => import("./attach.ts"),
  "kanban attachments": () => import("./attachments.ts"),
  "kanban backup": () => import("./backup.ts"),
  "kanban block": () => import("./block.ts"),
  "kanban board": () => import("./board.ts"),
  "kanban boards create": () => import("./boards_create.ts"),
  "kanban boards delete": () => import("./boards_remove.ts"),
  "kanban boards list": () => import("./boards_list.ts"),
  "kanban boards rename": () => import("./boards_change.ts"),
  "kanban boards rm": () => import("./boards_remove.ts"),
  "kanban boards set-default-workdir": () => import("./boards_change.ts"),
  "kanban boards show": () => import("./boards_show.ts"),
  "kanban boards switch": () => import("./boards_switch.ts"),
  "kanban claim": () => import("./claim.ts"),
  "kanban comment": () => import("./comment.ts"),
  "kanban complete": () => import("./complete.ts"),
  "kanban context": () => import("./context.ts"),
  "kanban create": () => import("./create.ts"),
  "kanban daemon": () => import("./daemon.ts"),
  "kanban decompose": () => import("./decompose.ts"),
  "kanban detach": () => import("./detach.ts"),
  "kanban dispatch": () => import("./dispatch.ts"),
  "kanban doctor": () => import("./doctor.ts"),
  "kanban edit": () => import("./edit.ts"),
  "kanban export": () => import("./export.ts"),
  "kanban gc": () => import("./gc.ts"),
  "kanban graph": () => import("./graph.ts"),
  "kanban heartbeat": () => import("./heartbeat.ts"),
  "kanban import": () => import("./import.ts"),
  "kanban init": () => import("./init.ts"),
  "kanban link": () => import("./link.ts"),
  "kanban list": () => import("./list.ts"),
  "kanban log": () => import("./log.ts"),
  "kanban model-options": () => import("./model_options.ts"),
  "kanban move": () => import("./move.ts"),
  "kanban notify-list": () => import("./notify_list.ts"),
  "kanban notify-subscribe": () => import("./notify_subscribe.ts"),
  "kanban notify-unsubscribe": () => import("./notify_unsubscribe.ts"),
  "kanban orchestration": () => import("./orchestration.ts"),
  "kanban plan approve": () => import("./plan_approve.ts"),
  "kanban plan discard": () => import("./plan_discard.ts"),
  "kanban plan edit": () => import("./plan_edit.ts"),
  "kanban plan propose": () => import("./plan_propose.ts"),
  "kanban plan show": () => import("./plan_show.ts"),
  "kanban promote": () => import("./promote.ts"),
  "kanban reassign": () => import("./reassign.ts"),
  "kanban reclaim": () => import("./reclaim.ts"),
  "kanban restore": () => import("./restore.ts"),
  "kanban runs": () => import("./runs.ts"),
  "kanban schedule": () => import("./schedule.ts"),
  "kanban set-model": () => import("./set_model.ts"),
  "kanban set-orchestration": () => import("./orchestration.ts"),
  "kanban show": () => import("./show.ts"),
  "kanban specify": () => import("./specify.ts"),
  "kanban stats": () => import("./stats.ts"),
  "kanban tail": () => import("./tail.ts"),
  "kanban unblock": () => import("./unblock.ts"),
  "kanban undo": () => import("./undo.ts"),
  "kanban unlink": () => import("./unlink.ts"),
  "kanban usage": () => import("./usage.ts"),
  "kanban watch": () => import("./watch.ts"),
  "kanban why": () => import("./why.ts"),
  "lanes list": () => import("./lanes_list.ts"),
  "lanes show": () => import("./lanes_show.ts"),
  "lanes test": () => import("./lanes_test.ts"),
  "profile create": () => import("./profile_create.ts"),
  "profile delete": () => import("./profile_delete.ts"),
  "profile describe": () => import("./profile_describe.ts"),
  "profile install": () => import("./profile_install.ts"),
  "profile list": () => import("./profile_list.ts"),
  "profile rename": () => import("./profile_rename.ts"),
  "profile show": () => import("./profile_show.ts"),
  "profile use": () => import("./profile_use.ts"),
  "skills install": () => import("./skills_install.ts"),
  "skills list": () => import("./skills_list.ts"),
  "skills remove": () => import("./skills_remove.ts"),
  "skills show": () => import("./skills_show.ts"),
};

/** Words of all operations that have a renderer, as `group name`. */
export const rendered: readonly string[] = Object.keys(renderers);

export function loadRenderer({ group, name }: AnyOperation): Promise<Renderer> {
  return renderers[`${group} ${name}`]!();
}
