// Owns: a proposed plan as text — the graph of its tasks, why each goes where, what runs side by side.

import { formatDuration } from "../../base/duration.ts";
import { plural } from "../../base/text.ts";
import type { PlanWire } from "../../ops/planning/plan_wire.ts";
import { drawRails, iconPlace } from "../drawing/rails.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { ago, statusIcon } from "./words.ts";

type PlannedTask = PlanWire["tasks"][number];

/** More rails than this side by side cannot be followed: the parents are named instead. */
const railLimit = 8;

/** Parents of a task that are named; the rest is counted. */
const namedParents = 6;

/** The whole plan, and what can be done with it. */
export function planText(plan: PlanWire, screen: Screen): string {
  const { paint } = screen;
  const { task_id: id } = plan;
  const by = plan.author === null ? "" : ` by ${oneLine(plan.author)}`;
  const heading = `${statusIcon(plan.status, screen)} ${id}  ${paint("bold", oneLine(plan.title))}`;
  return [
    `Plan for ${heading}  ${paint("dim", `(proposed ${ago(plan.created_at, screen)}${by})`)}`,
    ...(plan.rationale === "" ? [] : [oneLine(plan.rationale)]),
    "",
    ...(plan.fanout ? graphLines(plan, screen) : singleLines(plan.tasks[0]!)),
    ...section("How large", sizeLines(plan), screen),
    ...section("Why these profiles", plan.tasks.flatMap(reasonLine), screen),
    ...section("Perhaps on the board already", plan.tasks.flatMap(duplicateLines), screen),
    ...section("Remarks", [...plan.remarks, ...warnings(plan)].map(oneLine), screen),
    "",
    paint(
      "dim",
      `Approve it: hermes kanban plan approve ${id}   change it: hermes kanban plan edit ${id}`,
    ),
    paint(
      "dim",
      `Read the tasks' texts: hermes kanban plan edit ${id} --print-form   drop it: hermes kanban plan discard ${id}`,
    ),
  ].join("\n");
}

/** The tasks in an order in which they can be done; what starts at once is marked as ready. */
function graphLines({ tasks, waves }: PlanWire, screen: Screen): string[] {
  const edges = essential(tasks).map(([parent, child]) => ({
    parent: String(parent),
    child: String(child),
  }));
  const order = chainOrder(tasks).map(String);
  const rails = drawRails(order, edges);
  const followable = rails.width <= railLimit;
  const lines = followable ? rails.lines : order.map((id) => ({ id, rails: iconPlace }));
  const rows = lines.flatMap(({ id, rails }) => {
    if (id === null) return [];
    const at = Number(id);
    const { title, assignee, runner_up, parents, size } = tasks[at]!;
    const waits = parents.slice(0, namedParents).map((parent) => parent + 1).join(" ") +
      (parents.length > namedParents ? ` +${parents.length - namedParents}` : "");
    return [[
      rails.replace(iconPlace, statusIcon(parents.length > 0 ? "todo" : "ready", screen)),
      screen.paint("bold", String(at + 1)),
      oneLine(assignee) +
      (runner_up === null ? "" : screen.paint("dim", ` (or ${oneLine(runner_up)})`)),
      size === null ? "" : screen.paint("dim", sizeWords(size)),
      waits === "" ? "" : screen.paint("dim", `after ${waits}`),
      oneLine(title),
    ]];
  });
  const texts = table(withoutEmptyColumns(rows), screen.width);
  const together = waves.map((wave) => wave.map((at) => at + 1).join(" ")).join(", then ");
  return [
    ...lines.map((line) => line.id === null ? line.rails : texts.shift()!),
    ...(waves.some((wave) => wave.length > 1) ? ["", `Side by side: ${together}`] : []),
  ];
}

function singleLines({ title, assignee, body }: PlannedTask): string[] {
  const text = body.trim() === ""
    ? []
    : ["", ...body.split("\n").map((line) => `    ${oneLine(line)}`)];
  return [`It stays one task for ${oneLine(assignee)}: ${oneLine(title)}`, ...text];
}

/** Parents before children, chains kept together. */
function chainOrder(tasks: readonly PlannedTask[]): number[] {
  const order: number[] = [];
  const placed = new Set<number>();
  const place = (at: number) => {
    if (placed.has(at) || !tasks[at]!.parents.every((parent) => placed.has(parent))) return;
    placed.add(at);
    order.push(at);
    for (const [child, { parents }] of tasks.entries()) if (parents.includes(at)) place(child);
  };
  for (const at of tasks.keys()) place(at);
  return order;
}

/** Links that no longer way says, too. */
function essential(tasks: readonly PlannedTask[]): [parent: number, child: number][] {
  const above = new Map<number, Set<number>>();
  for (const at of chainOrder(tasks)) {
    const { parents } = tasks[at]!;
    above.set(at, new Set(parents.flatMap((parent) => [parent, ...above.get(parent) ?? []])));
  }
  return tasks.flatMap(({ parents }, child) =>
    parents
      .filter((parent) => !parents.some((other) => above.get(other)?.has(parent)))
      .map((parent): [number, number] => [parent, child])
  );
}

function sizeLines({ tasks, total }: PlanWire): string[] {
  if (total.unknown === tasks.length) return [];
  const parts = [
    ...(total.seconds === null ? [] : [`about ${formatDuration(total.seconds)} from start to end`]),
    ...(total.tokens === null ? [] : [`${thousands(total.tokens)} tokens`]),
    ...(total.cost_usd === null ? [] : [dollars(total.cost_usd)]),
  ];
  const open = total.unknown === 0
    ? ""
    : `; without ${plural(total.unknown, "task")} of profiles that have completed nothing yet`;
  return [`${parts.join(", ")}, going by what was completed before${open}`];
}

function reasonLine({ why, assignee, runner_up }: PlannedTask, at: number): string[] {
  if (why === null) return [];
  const rather = runner_up === null ? "" : ` rather than ${oneLine(runner_up)}`;
  return [`${at + 1}  ${oneLine(assignee)}${rather}: ${oneLine(why)}`];
}

function duplicateLines({ duplicates }: PlannedTask, at: number): string[] {
  return duplicates.map(({ id, title, status }) =>
    `${at + 1}  looks like ${id} "${oneLine(title)}" (${oneLine(status)})`
  );
}

function warnings({ stale, status, task_id }: PlanWire): string[] {
  return [
    ...(status === "triage"
      ? []
      : [`The task has left triage (${status}): this plan cannot be approved.`]),
    ...(stale
      ? [
        `The task's text was changed since: hermes kanban decompose ${task_id} --plan makes a new plan.`,
      ]
      : []),
  ];
}

function section(title: string, lines: readonly string[], screen: Screen): string[] {
  if (lines.length === 0) return [];
  return ["", screen.paint("bold", title), ...lines.map((line) => `  ${line}`)];
}

function sizeWords({ seconds, cost_usd }: NonNullable<PlannedTask["size"]>): string {
  return [
    ...(seconds === null ? [] : [`~${formatDuration(seconds)}`]),
    ...(cost_usd === null ? [] : [dollars(cost_usd)]),
  ].join(" ");
}

function dollars(usd: number): string {
  return usd >= 0.01 || usd === 0 ? `$${usd.toFixed(2)}` : "under $0.01";
}

function thousands(count: number): string {
  return count < 10_000 ? String(Math.round(count)) : `${Math.round(count / 1000)}k`;
}

function withoutEmptyColumns(rows: readonly string[][]): string[][] {
  const used = rows[0]?.map((_, column) => rows.some((row) => row[column] !== "")) ?? [];
  return rows.map((row) => row.filter((_, column) => used[column]));
}
