// Owns: a worker's board in memory: one task, one run, the tools that act on them.

import type { UsedUp } from "../../src/agent/budget.ts";
import { type AgentTool, objectSchema } from "../../src/agent/tool.ts";
import type { WorkerBoard } from "../../src/agent/worker.ts";
import { HermesError } from "../../src/base/errors.ts";
import type { UsageTotals } from "../../src/llm/usage.ts";

export interface BoardDouble extends WorkerBoard {
  /** What each board tool was called with, in order. */
  calls: Array<{ tool: string; args: Record<string, unknown> }>;
  usage: UsageTotals | null;
  /** The budget that the board says is used up. */
  usedUp: UsedUp | null;
  heartbeats: number;
  /** Closes the run from outside, as a dispatcher that takes the task back does. */
  takeAway(): void;
}

/** A board whose one task has this title and these closed runs. */
export function boardDouble(
  task: { title: string; body?: string; workspace: string },
  runs: Array<Record<string, unknown>> = [],
): BoardDouble {
  let closed = false;
  const tool = (name: string, answer: (args: Record<string, unknown>) => unknown): AgentTool => ({
    name,
    description: name,
    parameters: objectSchema({}),
    run(args) {
      board.calls.push({ tool: name, args: args as Record<string, unknown> });
      return Promise.resolve(JSON.stringify(answer(args as Record<string, unknown>)));
    },
  });
  const ending = (name: string) =>
    tool(name, () => {
      if (closed) throw new HermesError("fenced", "the run is closed");
      closed = true;
      return { ok: true, task_id: "t_0000abcd", run_id: 1 };
    });
  const board: BoardDouble = {
    calls: [],
    usage: null,
    usedUp: null,
    heartbeats: 0,
    takeAway: () => closed = true,
    brief: () => Promise.resolve(`# Kanban task t_0000abcd: ${task.title}\n\n${task.body ?? ""}`),
    heartbeat() {
      board.heartbeats++;
      return Promise.resolve(!closed);
    },
    recordUsage(usage) {
      board.usage = usage;
      return Promise.resolve(board.usedUp);
    },
    askForInput(reason) {
      board.calls.push({ tool: "askForInput", args: { reason } });
      closed = true;
      return Promise.resolve();
    },
    isClosed: () => Promise.resolve(closed),
    kanbanTools: [
      tool("kanban_show", () => ({
        task: { id: "t_0000abcd", workspace_path: task.workspace, body: "", ...task },
        parents: [],
        runs,
        events: [],
      })),
      ending("kanban_complete"),
      ending("kanban_block"),
      tool("kanban_heartbeat", () => ({ ok: true })),
      tool("kanban_create", () => ({ ok: true, task_id: "t_00000001", status: "ready" })),
    ],
  };
  return board;
}
