// Owns: the checks of what surrounds a board — configuration, profiles, workers, folders, backups.

import { HermesError } from "../../base/errors.ts";
import { plural } from "../../base/text.ts";
import { isDispatched } from "../../dispatcher/lock.ts";
import { findStaleClaims, releaseLost } from "../../dispatcher/stale_claims.ts";
import type { Board } from "../../kernel/board.ts";
import { abandonedCopies, forgetCopy } from "../../kernel/care/backup.ts";
import { dailyBackups, dailyFolder } from "../../kernel/care/daily_backup.ts";
import { openAssignees, readyCount, unknownIds } from "../../kernel/care/facts.ts";
import { type Finding, finding } from "../../kernel/care/finding.ts";
import { damagedCopies } from "../../kernel/care/set_aside.ts";
import { scratchDirs, scratchPath } from "../../workspace/clean.ts";
import { throwAway, trashFolder } from "../../workspace/trash.ts";
import type { OpContext } from "../context.ts";
import { dispatcherDeps } from "../runs/dispatcher_deps.ts";

/** Names of scratch folders that hermes makes: nothing else is ever thought to be left over. */
const taskFolder = /^t_[0-9a-f]{8}$/;

/** What is wrong with the configuration. */
export async function checkConfig(context: OpContext): Promise<Finding[]> {
  try {
    const { warnings } = await context.config();
    return warnings.map((what) =>
      finding({
        check: "config",
        severity: "warning",
        what,
        examples: [context.paths.configFile],
        remedy: "Correct the key, or take it out.",
      })
    );
  } catch (error) {
    if (!(error instanceof HermesError)) throw error;
    const broken = finding({
      check: "config",
      severity: "error",
      what: error.message,
      remedy: error.remedy ?? "Correct the file.",
    });
    return [broken];
  }
}

/** Unfinished tasks that are assigned to nobody who exists. */
export async function checkAssignees(context: OpContext, board: Board): Promise<Finding[]> {
  const profiles = new Set(await context.profiles());
  const unknown = (await openAssignees(board)).filter(({ name }) => !profiles.has(name));
  if (unknown.length === 0) return [];
  const tasks = unknown.reduce((sum, { count }) => sum + count, 0);
  const missing = finding({
    check: "assignees",
    severity: "warning",
    what: `${plural(tasks, "unfinished task")} assigned to names that are no profile here`,
    count: tasks,
    examples: unknown.map(({ name, count }) => `${name} (${plural(count, "task")})`),
    remedy:
      "Nothing starts them unless a person or another program does. Create the profile with: " +
      "hermes profile create <name>; or assign the tasks to another one.",
  });
  return [missing];
}

/** Claims without a worker, and work without a dispatcher. A dispatcher that runs looks after both. */
export async function checkWorkers(
  context: OpContext,
  board: Board,
  mend: boolean,
): Promise<Finding[]> {
  if (await isDispatched(context.boardPaths)) return [];
  const deps = dispatcherDeps(
    context,
    board,
    async () => (await context.config()).config,
    context.log,
  );
  const { lost, expired, strays } = await findStaleClaims(deps);
  const findings: Finding[] = [];
  if (lost.length > 0) {
    const released = mend ? await Promise.all(lost.map((each) => releaseLost(deps, each))) : [];
    const found = finding({
      check: "lost_workers",
      severity: "error",
      what: `${plural(lost.length, "task")} running whose worker is gone`,
      examples: lost.map(({ task }) => `${task.id} ${task.title}`),
      remedy: "Give them back with: hermes kanban doctor --fix; a gateway does it by itself.",
      fixable: true,
    });
    findings.push({ ...found, fixed: mend && released.every((done) => done) });
  }
  if (expired.length > 0) {
    findings.push(finding({
      check: "expired_claims",
      severity: "warning",
      what: `${plural(expired.length, "claim")} whose time is over`,
      examples: expired.map(({ task }) => `${task.id} held by ${task.claim_lock}`),
      remedy: "Take one away with: hermes kanban reclaim <id>; a gateway does it by itself.",
    }));
  }
  if (strays.length > 0) {
    findings.push(finding({
      check: "strays",
      severity: "warning",
      what: `${plural(strays.length, "finished run")} with processes that still live`,
      examples: strays.map((run) => `run ${run}`),
      remedy: "End them with: hermes gateway start, which ends what is left over.",
    }));
  }
  const ready = await readyCount(board);
  if (ready > 0) {
    findings.push(finding({
      check: "dispatcher",
      severity: "info",
      what: `${plural(ready, "ready task")}, and nothing dispatches this board`,
      count: ready,
      remedy: "Start it with: hermes gateway start",
    }));
  }
  return findings;
}

/** Scratch folders of tasks that are not there. */
export async function checkWorkspaces(
  context: OpContext,
  board: Board,
  mend: boolean,
): Promise<Finding[]> {
  const { boardPaths, paths } = context;
  const folders = (await scratchDirs(boardPaths.workspacesRoot))
    .filter((name) => taskFolder.test(name));
  const orphans = await unknownIds(board, folders);
  if (orphans.length === 0) return [];
  // A folder that was named by the environment may hold the folders of other boards.
  const ours = paths.pins.workspacesRoot === undefined;
  let left = orphans.length;
  if (mend && ours) {
    for (const id of orphans) {
      const thrown = await throwAway(scratchPath(id, boardPaths), boardPaths, context.clock.now());
      if ("trashed" in thrown) left--;
    }
  }
  const found = finding({
    check: "workspaces",
    severity: "warning",
    what: `${plural(orphans.length, "scratch folder")} of tasks that are not on this board`,
    examples: orphans.map((id) => scratchPath(id, boardPaths)),
    remedy: ours
      ? `Move them to ${trashFolder(boardPaths.workspacesRoot)} with: hermes kanban doctor --fix`
      : "They may be another board's: the folder is shared by HERMES_KANBAN_WORKSPACES_ROOT.",
    fixable: ours,
  });
  return [{ ...found, fixed: left === 0 }];
}

/** Copies of damaged files, and whether there is a backup at all. */
export async function checkCopies(
  context: OpContext,
  { tasks, mend }: { tasks: boolean; mend: boolean },
): Promise<Finding[]> {
  const { boardPaths, clock } = context;
  const findings: Finding[] = [];
  const abandoned = await abandonedCopies(boardPaths.db, clock.now());
  if (abandoned.length > 0) {
    if (mend) { for (const file of abandoned) await forgetCopy(file); }
    const found = finding({
      check: "abandoned_copies",
      severity: "info",
      what: "Half-written copies of the board lie beside it",
      examples: abandoned,
      remedy:
        "A program was ended while it wrote them. Delete them with: hermes kanban doctor --fix",
      fixable: true,
    });
    findings.push({ ...found, fixed: mend });
  }
  const copies = await damagedCopies(boardPaths.db);
  if (copies.length > 0) {
    findings.push(finding({
      check: "damaged_copies",
      severity: "info",
      what: "Copies of damaged files lie beside the board",
      examples: copies,
      remedy: "Delete them once the board is whole again.",
    }));
  }
  if (tasks && (await dailyBackups(dailyFolder(boardPaths.dir))).length === 0) {
    findings.push(finding({
      check: "backups",
      severity: "info",
      what: "There is no daily backup",
      remedy: "A gateway makes one each day. Make one now with: hermes kanban backup <file>",
    }));
  }
  return findings;
}
