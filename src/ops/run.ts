// Owns: running an operation — who may, whether the input is understood, and what must not be stored.

import type * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { redactDeep } from "../base/redact.ts";
import type { Environment } from "../config/env_names.ts";
import type { Actor, OpContext } from "./context.ts";
import type { AnyOperation, Operation, StreamOperation } from "./define.ts";
import { checkDelegated } from "./delegated.ts";

/**
 * Checks the actor and the input, removes secrets, and runs the operation.
 *
 * @throws HermesError `usage` for input that does not fit, `forbidden`, and whatever the operation throws.
 */
export async function runOp<In extends z.ZodObject, Out extends z.ZodType>(
  operation: Operation<In, Out>,
  context: OpContext,
  input: unknown,
): Promise<z.input<Out>> {
  const admitted = await admit(operation, context, input) as z.output<In>;
  try {
    return await operation.run(context, admitted);
  } catch (error) {
    throw await withCopyOfDamaged(error, context);
  }
}

/** {@link runOp} for a streaming operation. */
export async function* followOp<In extends z.ZodObject, Out extends z.ZodType>(
  operation: StreamOperation<In, Out>,
  context: OpContext,
  input: unknown,
  signal: AbortSignal,
): AsyncIterable<z.input<Out>> {
  const admitted = await admit(operation, context, input);
  try {
    yield* operation.follow(context, admitted as z.output<In>, signal);
  } catch (error) {
    throw await withCopyOfDamaged(error, context);
  }
}

/** A damaged file is kept as it is found, before anybody tries to mend it. */
async function withCopyOfDamaged(error: unknown, { boardPaths }: OpContext): Promise<unknown> {
  if (!(error instanceof HermesError) || error.code !== "corrupt") return error;
  const { explainDamage } = await import("../kernel/care/set_aside.ts");
  return await explainDamage(error, boardPaths.db);
}

async function admit(
  operation: Pick<AnyOperation, "name" | "actors" | "input" | "ownTask" | "redact">,
  context: OpContext,
  raw: unknown,
): Promise<Record<string, unknown>> {
  checkDelegated(context.actor, operation.name);
  await checkActor(operation, context);
  const input = readInput(operation, raw);
  checkOwnTask(operation, context.actor, input);
  return withoutSecrets(operation, context, input);
}

async function checkActor(
  { name, actors }: Pick<AnyOperation, "name" | "actors">,
  context: OpContext,
): Promise<void> {
  const { kind } = context.actor;
  if (actors.includes(kind)) return;
  if (actors.includes("orchestrator") && await context.mayOrchestrate()) return;
  throw new HermesError("forbidden", `Cannot ${name}: a ${kind} may not do this`, {
    remedy: actors.includes("orchestrator")
      ? "Only people and orchestrators may. Say in a comment what is needed."
      : undefined,
  });
}

function readInput(
  { name, input }: Pick<AnyOperation, "name" | "input">,
  raw: unknown,
): Record<string, unknown> {
  const parsed = input.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  const reason = (issue?.message ?? "it does not fit")
    .replace(/^Invalid (input|option): /, "")
    .replace("expected record", "expected an object")
    .replace("received string", "received text");
  throw new HermesError(
    "usage",
    field ? `Cannot ${name}: field "${field}" is invalid: ${reason}` : `Cannot ${name}: ${reason}`,
    { details: { field, issues: parsed.error.issues.length } },
  );
}

function checkOwnTask(
  { name, ownTask }: Pick<AnyOperation, "name" | "ownTask">,
  actor: Actor,
  input: Record<string, unknown>,
): void {
  if (ownTask === undefined || !isAgent(actor) || input[ownTask] === actor.taskId) return;
  const own = actor.taskId === null ? "it has no task of its own" : `its own is ${actor.taskId}`;
  throw new HermesError(
    "forbidden",
    `Cannot ${name} task "${input[ownTask]}": an agent may only ${name} its own task, and ${own}`,
    { remedy: "Write a comment on the other task, or create a follow-up task." },
  );
}

function withoutSecrets(
  { redact }: Pick<AnyOperation, "redact">,
  { actor, env }: OpContext,
  input: Record<string, unknown>,
): Record<string, unknown> {
  const fields = [
    ...redact?.always ?? [],
    ...isAgent(actor) ? redact?.fromAgents ?? [] : [],
  ];
  const clean = { ...input };
  const known = secretsOf(env);
  for (const field of fields) {
    if (field in clean) clean[field] = redactDeep(clean[field], known);
  }
  return clean;
}

/** Values of variables that are named like credentials, in whatever form they look. */
function secretsOf(env: Environment): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.length >= 8 && /(KEY|TOKEN|SECRET|PASSWORD)$/i.test(name)
      ? [value]
      : []
  );
}

/** Whether a model is asking, and not a person or this program itself. */
export function isAgent(actor: Pick<Actor, "kind">): boolean {
  return actor.kind === "worker" || actor.kind === "orchestrator";
}
