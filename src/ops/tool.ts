// Owns: operations as tools of a model: schema, defaults and the shape of replies.

import { toJSONSchema } from "zod";
import type * as z from "zod";
import { HermesError } from "../base/errors.ts";
import type { OpContext } from "./context.ts";
import type { Operation, ToolOverlay } from "./define.ts";
import { mayDelegate } from "./delegated.ts";
import { contextOnBoard } from "./other_board.ts";
import { runOp } from "./run.ts";

/** An operation a model may call. */
export interface OperationTool {
  name: string;
  /** Told to the model: what it does and when to use it. */
  description: string;
  /** JSON Schema of the arguments, an object. */
  parameters: Record<string, unknown>;
  /**
   * Checks `args`, whatever JSON the model sent, and answers JSON text.
   *
   * @throws HermesError when the operation refuses.
   */
  run(args: unknown): Promise<string>;
}

/**
 * The tool an operation describes in its overlay. It acts in the name of `context.actor`; a reply is
 * `{"ok": true, …}`, and what the operation throws is left to the caller, who makes it an error reply.
 *
 * @throws HermesError `internal` when the operation is no tool.
 */
export function operationTool(operation: Operation, context: OpContext): OperationTool {
  const overlay = operation.tool;
  if (!overlay) {
    throw new HermesError("internal", `Cannot offer operation "${operation.name}": it is no tool`);
  }
  return {
    name: overlay.name,
    description: overlay.advice ? `${operation.summary}. ${overlay.advice}` : operation.summary,
    parameters: toolSchema(operation.input, overlay),
    async run(args) {
      const { board, ...own } = objectOf(overlay, args);
      const chosen = await contextOnBoard(context, overlay, board);
      try {
        const output = await runOp(operation, chosen, toolInput(overlay, own, chosen));
        return JSON.stringify({ ok: true, ...replyOf(overlay, output) });
      } finally {
        if (chosen !== context) await chosen.close();
      }
    },
  };
}

/** The operation's input schema without the fields a model does not see. */
function toolSchema(input: z.ZodObject, overlay: ToolOverlay): Record<string, unknown> {
  const whole = toJSONSchema(input, { io: "input", unrepresentable: "any" });
  const hidden = new Set([...overlay.omit ?? [], ...Object.keys(overlay.fixed ?? {})]);
  const properties = Object.fromEntries(
    Object.entries(whole.properties ?? {}).filter(([name]) => !hidden.has(name)),
  );
  const limited = overlay.limit && properties[overlay.limit.field];
  if (overlay.limit && typeof limited === "object") {
    properties[overlay.limit.field] = { ...limited, maximum: overlay.limit.max };
  }
  properties["board"] = { type: "string", description: "Slug of another board than your own" };
  const required = new Set([...whole.required ?? [], ...overlay.required ?? []]);
  if (overlay.ownTask !== undefined) required.delete(overlay.ownTask);
  return {
    type: "object",
    properties,
    required: [...required].filter((name) => !hidden.has(name)),
    additionalProperties: false,
  };
}

/** What the operation is given for what the model sent. Nulls count as not given: models send them. */
function toolInput(
  overlay: ToolOverlay,
  args: Record<string, unknown>,
  context: OpContext,
): Record<string, unknown> {
  const hidden = new Set([...overlay.omit ?? [], ...Object.keys(overlay.fixed ?? {})]);
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(args)) {
    if (value !== null && !hidden.has(name)) input[name] = value;
  }
  const { ownTask, limit, required = [], oneOf } = overlay;
  if (ownTask !== undefined) input[ownTask] ??= context.actor.taskId ?? undefined;
  if (limit) {
    const asked = input[limit.field] ?? limit.default;
    input[limit.field] = typeof asked === "number" ? Math.min(asked, limit.max) : asked;
  }
  const missing = required.find((name) => isBlank(input[name]));
  if (missing !== undefined) throw incomplete(overlay.name, `"${missing}" is required`);
  if (oneOf && oneOf.every((name) => isBlank(input[name]))) {
    throw incomplete(overlay.name, `give at least one of ${oneOf.join(", ")}`);
  }
  return { ...input, ...overlay.fixed };
}

function objectOf(overlay: ToolOverlay, args: unknown): Record<string, unknown> {
  if (typeof args === "object" && args !== null && !Array.isArray(args)) {
    return args as Record<string, unknown>;
  }
  throw new HermesError("usage", `Cannot call ${overlay.name}: one JSON object is required`);
}

function replyOf(overlay: ToolOverlay, output: unknown): Record<string, unknown> {
  if (overlay.reply) return overlay.reply(output as never);
  return typeof output === "object" && output !== null && !Array.isArray(output)
    ? output as Record<string, unknown>
    : { result: output };
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

function incomplete(tool: string, reason: string): HermesError {
  return new HermesError("usage", `Cannot call ${tool}: ${reason}`);
}

/** Tools that only those get who steer other agents' tasks. */
const steering: readonly string[] = ["kanban_list", "kanban_unblock"];

/**
 * The tools by which an agent acts on the board, in the name of `context.actor`: nine, or seven for a worker that
 * only has its own task.
 */
export async function boardTools(context: OpContext): Promise<OperationTool[]> {
  const operations = await Promise.all([
    import("./views/show.ts").then((module) => module.show),
    import("./views/list.ts").then((module) => module.list),
    import("./tasks/complete.ts").then((module) => module.complete),
    import("./tasks/block.ts").then((module) => module.block),
    import("./runs/heartbeat.ts").then((module) => module.heartbeat),
    import("./tasks/comment.ts").then((module) => module.comment),
    import("./tasks/create.ts").then((module) => module.create),
    import("./tasks/link.ts").then((module) => module.link),
    import("./tasks/unblock.ts").then((module) => module.unblock),
  ]);
  const tools = operations
    .filter(({ name }) => !context.actor.delegated || mayDelegate(name))
    .map((operation) => operationTool(operation, context));
  if (await context.mayOrchestrate()) return tools;
  return tools.filter(({ name }) => !steering.includes(name));
}
