// Owns: a board with a history: everything in the scenery done by real commands, at the time it says.

import { join } from "node:path";
import { ManualClock, systemClock } from "../../src/base/clock.ts";
import { attachFile } from "../../src/kernel/attachments.ts";
import { type Board, mustCommand, openBoard } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { writePlan } from "../../src/kernel/decomposition.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { keepPlan } from "../../src/kernel/plans.ts";
import { recordUsage } from "../../src/kernel/usage.ts";
import { type Attempt, finished, log, people, plan, type Work, work } from "./scenery.ts";

/** What some tasks are called in addresses. */
export interface Furnished {
  /** The task that is worked on. */
  page: string;
  /** The idea that was split. */
  guide: string;
  /** The idea whose plan waits. */
  idea: string;
  levels: string;
}

interface Step {
  /** Minutes ago. */
  ago: number;
  run(): Promise<void>;
}

/** US dollars per thousand tokens, read and written. */
const price = { given: 0.0004, got: 0.0016 };

/** Fills an empty home: a team, and a board as it looks after a few days. */
export async function furnish(home: string): Promise<Furnished> {
  await employ(home);
  const clock = new ManualClock(systemClock.now());
  const path = join(home, "kanban.db");
  const board = await openBoard({ slug: "default", path, clock });
  try {
    return await live(board, clock, home);
  } finally {
    await board.close();
  }
}

async function employ(home: string): Promise<void> {
  const write = async (folder: string, description: string, model: string) => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "profile.yaml"), `description: ${description}\n`);
    const config =
      `model:\n  provider: custom\n  default: ${model}\n  base_url: http://127.0.0.1:9\n`;
    await Deno.writeTextFile(join(folder, "config.yaml"), config);
  };
  await write(
    home,
    "Splits ideas, gives the parts to the others and judges the results.",
    "qwen3-32b",
  );
  for (const [name, description, model] of people) {
    await write(join(home, "profiles", name), description, model);
  }
}

async function live(board: Board, clock: ManualClock, home: string): Promise<Furnished> {
  const start = clock.now();
  const ids = new Map<string, string>();
  const id = (key: string) => ids.get(key)!;
  const steps = [
    ...finished.flatMap((entry) => past(board, entry)),
    ...work.flatMap((entry) => stepsOf(board, entry, ids, home)),
    { ago: 38, run: () => propose(board, id(plan.idea)) },
  ].sort((a, b) => b.ago - a.ago);
  for (const { ago, run } of steps) {
    clock.step(start - ago * 60 - clock.now());
    await run();
  }
  return {
    page: id("page"),
    guide: id("guide"),
    idea: id("idea"),
    levels: id("levels"),
  };
}

/** A task of some days ago, from its creation to its end. */
function past(
  board: Board,
  [title, assignee, days, took, tokens]: (typeof finished)[number],
): Step[] {
  let id = "";
  const ago = days * 1440 - took * 7;
  const create = async () => {
    id = (await createTask(board, { title, assignee, createdBy: "mira" })).task.id;
  };
  const attempt: Attempt = {
    ago: ago - 5,
    took,
    tokens: [tokens, tokens / 9],
    ended: "completed",
    said: "Done as asked; what was found is in the files.",
  };
  return [{ ago, run: create }, ...attemptSteps(board, () => id, assignee, attempt)];
}

function stepsOf(board: Board, entry: Work, ids: Map<string, string>, home: string): Step[] {
  const id = () => ids.get(entry.key)!;
  const isPart = work.some(({ parts }) => parts?.includes(entry.key));
  const steps: Step[] = isPart ? [] : [{
    ago: entry.ago,
    async run() {
      const { title, body, assignee, priority, tenant, skills } = entry;
      const made = await createTask(board, {
        title,
        body,
        assignee,
        priority,
        tenant,
        skills,
        createdBy: "mira",
        triage: entry.triage === true || entry.parts !== undefined,
      });
      ids.set(entry.key, made.task.id);
    },
  }];
  if (entry.parts) steps.push({ ago: entry.ago - 4, run: () => split(board, entry, ids) });
  for (const attempt of entry.attempts ?? []) {
    steps.push(...attemptSteps(board, id, entry.assignee!, attempt));
  }
  for (const [author, text, ago] of entry.comments ?? []) {
    steps.push({ ago, run: () => addComment(board, id(), author, text) });
  }
  if (entry.running !== undefined) {
    steps.push({ ago: entry.running, run: () => begin(board, id(), entry.assignee!, home) });
    const note = "the tests pass, the mark for now is next";
    steps.push({ ago: 1, run: () => command(board, id(), { type: "heartbeat", note }) });
  }
  if (entry.key === "levels") steps.push({ ago: 140, run: () => attach(board, id(), home) });
  return steps;
}

async function split(board: Board, entry: Work, ids: Map<string, string>): Promise<void> {
  const parts = entry.parts!.map((key) => work.find((part) => part.key === key)!);
  const children = await writePlan(board, {
    rootId: ids.get(entry.key)!,
    orchestrator: "default",
    author: "auto",
    autoPromote: true,
    children: parts.map(({ title, body = "", assignee = "", parents = [] }) => ({
      title,
      body,
      assignee,
      parents: parents.map((key) => entry.parts!.indexOf(key)),
    })),
  });
  for (const [index, { key, priority }] of parts.entries()) {
    ids.set(key, children![index]!);
    if (priority) await command(board, ids.get(key)!, { type: "reprioritize", priority });
  }
}

function attemptSteps(
  board: Board,
  id: () => string,
  assignee: string,
  attempt: Attempt,
): Step[] {
  const { ago, took, tokens: [given, got], ended, said } = attempt;
  let run = 0;
  return [
    { ago, run: async () => void (run = await claim(board, id())) },
    {
      ago: ago - took,
      async run() {
        const costUsd = given * price.given + got * price.got;
        await recordUsage(board, run, {
          model: modelOf(assignee),
          inputTokens: Math.round(given * 1000),
          outputTokens: Math.round(got * 1000),
          costUsd,
        });
        await command(board, id(), endOf(ended, said, took));
      },
    },
  ];
}

function endOf(ended: Attempt["ended"], said: string, took: number): Command {
  switch (ended) {
    case "completed":
      return { type: "complete", result: null, summary: said, metadata: null };
    case "blocked":
      return { type: "block", reason: said, kind: "needs_input" };
    case "crash":
      return { type: "crash", pid: 4711, error: said };
    case "time_out": {
      const seconds = took * 60;
      return {
        type: "time_out",
        pid: 4711,
        elapsedSeconds: seconds,
        limitSeconds: seconds,
        sigkill: false,
      };
    }
  }
}

/** Takes a task into work, with the traces a worker leaves behind. */
async function begin(board: Board, id: string, assignee: string, home: string): Promise<void> {
  const run = await claim(board, id);
  const usage = { model: modelOf(assignee), inputTokens: 88_400, outputTokens: 9_300 };
  await recordUsage(board, run, { ...usage, costUsd: 0.05 });
  const logs = join(home, "kanban", "logs");
  await Deno.mkdir(logs, { recursive: true });
  await Deno.writeTextFile(join(logs, `${id}.log`), log);
}

async function claim(board: Board, id: string): Promise<number> {
  const lock = "harbour:2207";
  const { runId } = await mustCommand(board, id, {
    type: "claim",
    lock,
    ttlSeconds: 4 * 3600,
    lane: "hermes",
  });
  return runId!;
}

async function command(board: Board, id: string, given: Command): Promise<void> {
  await mustCommand(board, id, given);
}

function modelOf(assignee: string): string {
  return people.find(([name]) => name === assignee)![2];
}

async function propose(board: Board, id: string): Promise<void> {
  const { title, body } = work.find(({ key }) => key === plan.idea)!;
  await keepPlan(board, id, {
    fanout: true,
    rationale: plan.rationale,
    remarks: [],
    based_on: { title, body: body ?? null },
    tasks: plan.tasks.map(([title, body, assignee, runner_up, parents]) => ({
      title,
      body,
      assignee,
      runner_up,
      parents: [...parents],
      why: people.find(([name]) => name === assignee)![1],
    })),
  }, "mira");
}

async function attach(board: Board, id: string, home: string): Promise<void> {
  const source = join(home, "gaps.md");
  await Deno.writeTextFile(source, "# Gaps\n\n- Büsum, 4 March 2025, 02:00 to 07:00\n".repeat(40));
  await attachFile(board, join(home, "kanban", "attachments"), id, {
    source,
    name: "gaps.md",
    uploadedBy: "researcher",
  });
  await Deno.remove(source);
}
