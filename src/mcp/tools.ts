// Owns: the tools that are offered over MCP, and calling one.

import { errorText, HermesError } from "../base/errors.ts";
import type { OpContext } from "../ops/context.ts";
import { followOp } from "../ops/run.ts";
import { boardTools, type OperationTool } from "../ops/tool.ts";

/** Tools that only those may use who steer other agents' tasks. */
const steering: ReadonlySet<string> = new Set(["kanban_list", "kanban_unblock"]);

/**
 * The tools for whoever `context.actor` is: a worker gets those of its own task, an orchestrator all nine
 * and `kanban_decompose`.
 */
export async function offeredTools(context: OpContext): Promise<OperationTool[]> {
  const tools = await boardTools(context);
  if (!await context.mayOrchestrate()) return tools.filter(({ name }) => !steering.has(name));
  return [...tools, decomposeTool(context)];
}

/** A tool's answer. `failed` tells the client that the text is an error. */
export interface ToolAnswer {
  text: string;
  failed: boolean;
}

/** Calls a tool. Whatever goes wrong becomes an answer the model can act on. */
export async function answerCall(
  tools: readonly OperationTool[],
  name: string,
  args: unknown,
): Promise<ToolAnswer> {
  const tool = tools.find((candidate) => candidate.name === name);
  if (!tool) {
    const names = tools.map((candidate) => candidate.name).join(", ");
    return failure(`There is no tool "${name}". Available tools: ${names}`);
  }
  try {
    return { text: await tool.run(args), failed: false };
  } catch (thrown) {
    const remedy = thrown instanceof HermesError ? thrown.remedy : undefined;
    return failure(remedy ? `${errorText(thrown)}. ${remedy}` : errorText(thrown));
  }
}

/** Streams are no tools of their own: here one task is split, and its outcome is the answer. */
function decomposeTool(context: OpContext): OperationTool {
  return {
    name: "kanban_decompose",
    description:
      "Split a triage task into tasks for the team. Create the idea with kanban_create and triage first.",
    parameters: {
      type: "object",
      properties: { task_id: { type: "string", description: "Id of a task in triage" } },
      required: ["task_id"],
      additionalProperties: false,
    },
    async run(args) {
      const taskId = typeof args === "object" && args !== null && "task_id" in args
        ? args.task_id
        : undefined;
      if (typeof taskId !== "string" || taskId.trim() === "") {
        throw new HermesError("usage", 'Cannot call kanban_decompose: "task_id" is required');
      }
      const { decompose } = await import("../ops/planning/decompose.ts");
      const never = new AbortController();
      for await (
        const outcome of followOp(decompose, context, { task_id: taskId }, never.signal)
      ) {
        if (!outcome.ok) throw new HermesError("refused", String(outcome.reason));
        return JSON.stringify(outcome);
      }
      throw new HermesError("refused", `Cannot decompose task "${taskId}": nothing came of it`);
    },
  };
}

/** `{"error": "…"}`, the one shape of every failed call. */
function failure(message: string): ToolAnswer {
  return { text: JSON.stringify({ error: message }), failed: true };
}
