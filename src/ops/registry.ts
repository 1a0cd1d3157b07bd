// Owns: the operations that are commands. An entry costs nothing until it is loaded, so that a verb pays only for itself.

import type { AnyOperation, Group } from "./define.ts";

/** An operation by its words. */
export interface Entry {
  group: Group;
  /** Equal to the operation's name. */
  verb: string;
  /** Other words for it. */
  aliases?: readonly string[];
  load(): Promise<AnyOperation>;
}

/** In the order of help texts: looking, making, working, steering, running. */
export const registry: readonly Entry[] = [
  { group: "kanban", verb: "init", load: async () => (await import("./care/init.ts")).init },
  { group: "kanban", verb: "create", load: async () => (await import("./tasks/create.ts")).create },
  {
    group: "kanban",
    verb: "list",
    aliases: ["ls"],
    load: async () => (await import("./views/list.ts")).list,
  },
  { group: "kanban", verb: "board", load: async () => (await import("./views/board.ts")).board },
  { group: "kanban", verb: "show", load: async () => (await import("./views/show.ts")).show },
  { group: "kanban", verb: "why", load: async () => (await import("./views/why.ts")).why },
  { group: "kanban", verb: "graph", load: async () => (await import("./views/graph.ts")).graph },
  { group: "kanban", verb: "edit", load: async () => (await import("./tasks/edit.ts")).edit },
  { group: "kanban", verb: "assign", load: async () => (await import("./tasks/assign.ts")).assign },
  {
    group: "kanban",
    verb: "set-model",
    load: async () => (await import("./runs/set_model.ts")).setModel,
  },
  {
    group: "kanban",
    verb: "model-options",
    load: async () => (await import("./runs/model_options.ts")).modelOptions,
  },
  { group: "kanban", verb: "link", load: async () => (await import("./tasks/link.ts")).link },
  { group: "kanban", verb: "unlink", load: async () => (await import("./tasks/unlink.ts")).unlink },
  { group: "kanban", verb: "claim", load: async () => (await import("./tasks/claim.ts")).claim },
  {
    group: "kanban",
    verb: "comment",
    load: async () => (await import("./tasks/comment.ts")).comment,
  },
  {
    group: "kanban",
    verb: "complete",
    load: async () => (await import("./tasks/complete.ts")).complete,
  },
  { group: "kanban", verb: "block", load: async () => (await import("./tasks/block.ts")).block },
  {
    group: "kanban",
    verb: "unblock",
    load: async () => (await import("./tasks/unblock.ts")).unblock,
  },
  {
    group: "kanban",
    verb: "archive",
    load: async () => (await import("./tasks/archive.ts")).archive,
  },
  { group: "kanban", verb: "move", load: async () => (await import("./tasks/move.ts")).move },
  {
    group: "kanban",
    verb: "promote",
    load: async () => (await import("./tasks/promote.ts")).promote,
  },
  {
    group: "kanban",
    verb: "reclaim",
    load: async () => (await import("./runs/reclaim.ts")).reclaim,
  },
  { group: "kanban", verb: "undo", load: async () => (await import("./tasks/undo.ts")).undo },
  {
    group: "kanban",
    verb: "reassign",
    load: async () => (await import("./tasks/reassign.ts")).reassign,
  },
  {
    group: "kanban",
    verb: "schedule",
    load: async () => (await import("./tasks/schedule.ts")).schedule,
  },
  { group: "kanban", verb: "attach", load: async () => (await import("./tasks/attach.ts")).attach },
  {
    group: "kanban",
    verb: "attachments",
    load: async () => (await import("./tasks/attach.ts")).attachments,
  },
  { group: "kanban", verb: "detach", load: async () => (await import("./tasks/attach.ts")).detach },
  {
    group: "kanban",
    verb: "notify-subscribe",
    load: async () => (await import("./tasks/notify.ts")).notifySubscribe,
  },
  {
    group: "kanban",
    verb: "notify-list",
    load: async () => (await import("./tasks/notify.ts")).notifyList,
  },
  {
    group: "kanban",
    verb: "notify-unsubscribe",
    load: async () => (await import("./tasks/notify.ts")).notifyUnsubscribe,
  },
  {
    group: "kanban",
    verb: "heartbeat",
    load: async () => (await import("./runs/heartbeat.ts")).heartbeat,
  },
  { group: "kanban", verb: "runs", load: async () => (await import("./runs/runs.ts")).runs },
  { group: "kanban", verb: "context", load: async () => (await import("./views/brief.ts")).brief },
  { group: "kanban", verb: "log", load: async () => (await import("./runs/log.ts")).log },
  { group: "kanban", verb: "tail", load: async () => (await import("./views/tail.ts")).tail },
  { group: "kanban", verb: "watch", load: async () => (await import("./views/watch.ts")).watch },
  {
    group: "kanban",
    verb: "assignees",
    load: async () => (await import("./views/assignees.ts")).assignees,
  },
  { group: "kanban", verb: "stats", load: async () => (await import("./views/stats.ts")).stats },
  { group: "kanban", verb: "usage", load: async () => (await import("./runs/usage.ts")).usage },
  {
    group: "kanban",
    verb: "decompose",
    load: async () => (await import("./planning/decompose.ts")).decompose,
  },
  {
    group: "kanban",
    verb: "specify",
    load: async () => (await import("./planning/specify.ts")).specify,
  },
  {
    group: "kanban",
    verb: "dispatch",
    load: async () => (await import("./runs/dispatch.ts")).dispatch,
  },
  { group: "kanban", verb: "daemon", load: async () => (await import("./runs/daemon.ts")).daemon },
  { group: "kanban", verb: "doctor", load: async () => (await import("./care/doctor.ts")).doctor },
  { group: "kanban", verb: "backup", load: async () => (await import("./care/backup.ts")).backup },
  {
    group: "kanban",
    verb: "restore",
    load: async () => (await import("./care/restore.ts")).restore,
  },
  {
    group: "kanban",
    verb: "export",
    load: async () => (await import("./care/export.ts")).exportOp,
  },
  {
    group: "kanban",
    verb: "import",
    load: async () => (await import("./care/import.ts")).importOp,
  },
  { group: "kanban", verb: "gc", load: async () => (await import("./care/gc.ts")).gc },
  {
    group: "kanban boards",
    verb: "list",
    aliases: ["ls"],
    load: async () => (await import("./boards/list.ts")).boardsList,
  },
  {
    group: "kanban boards",
    verb: "create",
    aliases: ["new"],
    load: async () => (await import("./boards/create.ts")).boardsCreate,
  },
  {
    group: "kanban boards",
    verb: "show",
    aliases: ["current"],
    load: async () => (await import("./boards/show.ts")).boardsShow,
  },
  {
    group: "kanban boards",
    verb: "switch",
    aliases: ["use"],
    load: async () => (await import("./boards/switch.ts")).boardsSwitch,
  },
  {
    group: "kanban boards",
    verb: "rename",
    load: async () => (await import("./boards/change.ts")).boardsRename,
  },
  {
    group: "kanban boards",
    verb: "set-default-workdir",
    load: async () => (await import("./boards/change.ts")).boardsSetDefaultWorkdir,
  },
  {
    group: "kanban boards",
    verb: "rm",
    aliases: ["remove"],
    load: async () => (await import("./boards/remove.ts")).boardsRemove,
  },
  {
    group: "kanban boards",
    verb: "delete",
    load: async () => (await import("./boards/remove.ts")).boardsDelete,
  },
  {
    group: "kanban plan",
    verb: "propose",
    load: async () => (await import("./planning/plan_propose.ts")).planPropose,
  },
  {
    group: "kanban plan",
    verb: "show",
    load: async () => (await import("./planning/plan_show.ts")).planShow,
  },
  {
    group: "kanban plan",
    verb: "edit",
    load: async () => (await import("./planning/plan_edit.ts")).planEdit,
  },
  {
    group: "kanban plan",
    verb: "approve",
    load: async () => (await import("./planning/plan_approve.ts")).planApprove,
  },
  {
    group: "kanban plan",
    verb: "discard",
    load: async () => (await import("./planning/plan_discard.ts")).planDiscard,
  },
  {
    group: "kanban",
    verb: "orchestration",
    load: async () => (await import("./profiles/orchestration.ts")).orchestrationShow,
  },
  {
    group: "kanban",
    verb: "set-orchestration",
    load: async () => (await import("./profiles/orchestration.ts")).orchestrationSet,
  },
  {
    group: "profile",
    verb: "create",
    load: async () => (await import("./profiles/create.ts")).profileCreate,
  },
  {
    group: "profile",
    verb: "list",
    load: async () => (await import("./profiles/list.ts")).profileList,
  },
  {
    group: "profile",
    verb: "show",
    load: async () => (await import("./profiles/show.ts")).profileShow,
  },
  {
    group: "profile",
    verb: "describe",
    load: async () => (await import("./profiles/describe.ts")).profileDescribe,
  },
  {
    group: "profile",
    verb: "use",
    load: async () => (await import("./profiles/use.ts")).profileUse,
  },
  {
    group: "profile",
    verb: "install",
    load: async () => (await import("./profiles/install.ts")).profileInstall,
  },
  {
    group: "profile",
    verb: "rename",
    load: async () => (await import("./profiles/rename.ts")).profileRename,
  },
  {
    group: "profile",
    verb: "delete",
    load: async () => (await import("./profiles/delete.ts")).profileDelete,
  },
  {
    group: "skills",
    verb: "list",
    aliases: ["ls"],
    load: async () => (await import("./skills/list.ts")).skillsList,
  },
  {
    group: "skills",
    verb: "show",
    load: async () => (await import("./skills/show.ts")).skillsShow,
  },
  {
    group: "skills",
    verb: "install",
    load: async () => (await import("./skills/install.ts")).skillsInstall,
  },
  {
    group: "skills",
    verb: "remove",
    aliases: ["rm"],
    load: async () => (await import("./skills/remove.ts")).skillsRemove,
  },
  {
    group: "lanes",
    verb: "list",
    aliases: ["ls"],
    load: async () => (await import("./lanes/list.ts")).lanesList,
  },
  { group: "lanes", verb: "show", load: async () => (await import("./lanes/show.ts")).lanesShow },
  { group: "lanes", verb: "test", load: async () => (await import("./lanes/test.ts")).lanesTest },
];

/** Operations that only programs ask for: they answer over HTTP and are no commands. */
export const httpOnly: readonly Entry[] = [
  { group: "kanban", verb: "cards", load: async () => (await import("./views/cards.ts")).cards },
  {
    group: "kanban",
    verb: "card-page",
    load: async () => (await import("./views/cards.ts")).cardPage,
  },
  {
    group: "kanban",
    verb: "changes",
    load: async () => (await import("./views/cards.ts")).changes,
  },
  { group: "kanban", verb: "patch", load: async () => (await import("./tasks/patch.ts")).patch },
  { group: "kanban", verb: "bulk", load: async () => (await import("./tasks/bulk.ts")).bulk },
  {
    group: "kanban",
    verb: "settings",
    load: async () => (await import("./views/dashboard_settings.ts")).settings,
  },
  {
    group: "kanban",
    verb: "model-check",
    load: async () => (await import("./runs/model_check.ts")).modelCheck,
  },
  {
    group: "kanban",
    verb: "transitions",
    load: async () => (await import("./views/drop_targets.ts")).transitions,
  },
  { group: "kanban", verb: "feed", load: async () => (await import("./views/feed.ts")).feed },
  {
    group: "kanban",
    verb: "attention",
    load: async () => (await import("./views/feed.ts")).attention,
  },
  {
    group: "kanban",
    verb: "timeline",
    load: async () => (await import("./runs/timeline.ts")).timeline,
  },
  {
    group: "kanban",
    verb: "workers",
    load: async () => (await import("./runs/timeline.ts")).workers,
  },
  {
    group: "kanban",
    verb: "transcript",
    load: async () => (await import("./runs/transcript.ts")).transcript,
  },
  { group: "kanban", verb: "run", load: async () => (await import("./runs/timeline.ts")).run },
  {
    group: "kanban",
    verb: "terminate",
    load: async () => (await import("./runs/timeline.ts")).terminate,
  },
  {
    group: "kanban boards",
    verb: "edit",
    load: async () => (await import("./boards/edit.ts")).boardsEdit,
  },
];

/** The entry a typed word means. */
export function findEntry(group: Entry["group"], word: string): Entry | undefined {
  return registry.find((entry) =>
    entry.group === group && (entry.verb === word || entry.aliases?.includes(word))
  );
}
