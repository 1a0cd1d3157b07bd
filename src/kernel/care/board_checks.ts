// Owns: what must hold between the rows of a board, each under a name, and how what does not is put right.

import { plural } from "../../base/text.ts";
import type { ReadTx, WriteTx } from "../engine/port.ts";
import { type ApplyEnv, promoteAll } from "../lifecycle/apply.ts";
import { clearStrayClaim, closeStrayRun, dropPointer, mendClosedRun } from "../lifecycle/repair.ts";
import { type Contradiction, contradictions, sql } from "../queries/care.ts";
import { sql as links } from "../queries/links.ts";
import { type Finding, finding, type Severity } from "./finding.ts";

/** A rule that the rows of a sound board obey. */
interface BoardCheck {
  name: string;
  severity: Severity;
  find(tx: ReadTx): Promise<Contradiction[]>;
  what(count: number): string;
  remedy: string;
  /** Puts right what was found. */
  fix?(tx: WriteTx, env: ApplyEnv, found: readonly Contradiction[]): Promise<void>;
}

const fixRemedy = "Put it right with: hermes kanban doctor --fix";

/** In the order in which they are put right: later ones rely on earlier ones. */
const checks: readonly BoardCheck[] = [
  {
    name: "open_runs",
    severity: "error",
    find: (tx) => contradictions(tx, sql.danglingRuns),
    what: (count) => `${plural(count, "open run")} that no running task points to`,
    remedy: fixRemedy,
    fix: (tx, env, found) => each(found, ({ run }) => closeStrayRun(tx, env, run!)),
  },
  {
    name: "run_pointers",
    severity: "error",
    find: (tx) => contradictions(tx, sql.pointers),
    what: (count) => `${plural(count, "task")} whose run is closed, gone or another task's`,
    remedy: fixRemedy,
    fix: (tx, env, found) => each(found, ({ id }) => dropPointer(tx, env, id)),
  },
  {
    name: "running_without_run",
    severity: "error",
    find: (tx) => contradictions(tx, sql.runningWithoutRun),
    what: (count) => `${plural(count, "running task")} without a run`,
    remedy: "Give them one with: hermes kanban init",
  },
  {
    name: "stray_claims",
    severity: "error",
    find: (tx) => contradictions(tx, sql.strayClaims),
    what: (count) => `${plural(count, "task")} claimed though not running`,
    remedy: fixRemedy,
    fix: (tx, env, found) => each(found, ({ id }) => clearStrayClaim(tx, env, id)),
  },
  {
    name: "run_outcomes",
    severity: "warning",
    find: (tx) => contradictions(tx, sql.runOutcomes),
    what: (count) => `${plural(count, "run")} with an end and no outcome, or the reverse`,
    remedy: fixRemedy,
    fix: (tx, _env, found) => each(found, ({ run }) => mendClosedRun(tx, run!)),
  },
  {
    name: "run_times",
    severity: "warning",
    find: (tx) => contradictions(tx, sql.runTimes),
    what: (count) => `${plural(count, "run")} that ended before the start`,
    remedy: fixRemedy,
    fix: (tx, _env, found) => each(found, ({ run }) => mendClosedRun(tx, run!)),
  },
  {
    name: "stranded",
    severity: "error",
    find: (tx) => contradictions(tx, sql.stranded),
    what: (count) => `${plural(count, "task")} left in todo although all parents are done`,
    remedy: "Make them ready with: hermes kanban doctor --fix",
    async fix(tx, env, found) {
      await promoteAll(tx, env, found.map(({ id }) => ({ id, held: 0, waits: 0 })));
    },
  },
  {
    name: "cycles",
    severity: "error",
    find: async (tx) => cycleIn(await tx.all<Link>(links.all)),
    what: (count) => `${plural(count, "task")} that can never start: they wait for each other`,
    remedy: "Take one of the links away with: hermes kanban unlink <parent> <child>",
  },
  {
    name: "broken_links",
    severity: "info",
    find: (tx) => contradictions(tx, sql.brokenLinks),
    what: (count) => `${plural(count, "link")} to tasks that are not there`,
    remedy: "Nothing needs to be done: they hold no task back.",
  },
  {
    name: "event_ids",
    severity: "error",
    find: (tx) => contradictions(tx, sql.eventIds),
    what: (count) => `${plural(count, "event")} without a number: followers never see them`,
    remedy:
      "Write the board anew: hermes kanban export board.jsonl, then import it into a new board.",
  },
  {
    name: "event_runs",
    severity: "info",
    find: (tx) => contradictions(tx, sql.eventRuns),
    what: (count) => `${plural(count, "event")} of runs that are not there`,
    remedy: "Nothing needs to be done: they are history.",
  },
  {
    name: "statuses",
    severity: "info",
    find: (tx) => contradictions(tx, sql.foreignStatuses),
    what: (count) => `${plural(count, "task")} with a status of another program`,
    remedy: "They are shown and kept, but not dispatched. Take one over with: " +
      "hermes kanban move <id> todo",
  },
];

/** Names of all checks of this file. */
export const boardCheckNames: readonly string[] = checks.map((check) => check.name);

/** Everything on the board that contradicts itself. */
export async function checkBoard(tx: ReadTx): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = await check.find(tx);
    if (found.length > 0) findings.push(report(check, found, false));
  }
  return findings;
}

/** {@link checkBoard} in a transaction that puts right what can be put right safely. */
export async function mendBoard(tx: WriteTx, env: ApplyEnv): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = await check.find(tx);
    if (found.length === 0) continue;
    await check.fix?.(tx, env, found);
    const left = check.fix ? (await check.find(tx)).length : found.length;
    findings.push(report(check, found, left === 0));
  }
  return findings;
}

interface Link {
  parent_id: string;
  child_id: string;
}

/** The tasks that lie on or between cycles: what is left when tasks that wait for nothing are taken away, again and again, from both ends. */
export function cycleIn(links: readonly Link[]): Contradiction[] {
  const inner = peel(peel(links, "parent_id", "child_id"), "child_id", "parent_id");
  const ids = new Set(inner.flatMap((link) => [link.parent_id, link.child_id]));
  return [...ids].sort().map((id) => ({ id, detail: "waits for itself" }));
}

/** The links that stay when those of tasks at the loose end `from` are taken away until there is none. */
function peel(
  links: readonly Link[],
  from: keyof Link,
  to: keyof Link,
): readonly Link[] {
  const incoming = new Map<string, number>();
  const outgoing = new Map<string, Link[]>();
  for (const link of links) {
    incoming.set(link[to], (incoming.get(link[to]) ?? 0) + 1);
    const of = outgoing.get(link[from]);
    if (of) of.push(link);
    else outgoing.set(link[from], [link]);
  }
  const gone = new Set<Link>();
  const loose = [...outgoing.keys()].filter((id) => !incoming.has(id));
  for (let id = loose.pop(); id !== undefined; id = loose.pop()) {
    for (const link of outgoing.get(id) ?? []) {
      gone.add(link);
      const left = incoming.get(link[to])! - 1;
      incoming.set(link[to], left);
      if (left === 0) loose.push(link[to]);
    }
  }
  return links.filter((link) => !gone.has(link));
}

function report(check: BoardCheck, found: readonly Contradiction[], fixed: boolean): Finding {
  const finished = finding({
    check: check.name,
    severity: check.severity,
    what: check.what(found.length),
    count: found.length,
    examples: found.map(({ id, detail }) => `${id} ${detail}`),
    remedy: check.remedy,
    fixable: check.fix !== undefined,
  });
  return { ...finished, fixed };
}

async function each<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await act(item);
}
