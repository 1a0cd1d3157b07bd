// Owns: turning what a profile says under `worker:` into a lane. Pure.

import type * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { isMapping } from "../config/layer.ts";
import { builtinManifests } from "./builtin.ts";
import { builtinLane } from "./builtin_name.ts";
import { type Lane, manifestSchema } from "./manifest.ts";
import { placeholders, uses } from "./template.ts";

/** Names that `worker:` may hold. */
export const laneNames: readonly string[] = [builtinLane, ...Object.keys(builtinManifests)];

/**
 * The lane that `worker` describes: a name, changes to a named lane, or a whole manifest. Null is the built-in
 * agent.
 *
 * @param where the file, for errors
 * @throws HermesError `config` naming the key that cannot be used.
 */
export function readLane(worker: unknown, where: string): Lane | null {
  if (worker === undefined || worker === null || worker === builtinLane) return null;
  if (typeof worker === "string") return named(worker, {}, where, "worker");
  if (!isMapping(worker)) {
    throw broken(where, "worker", "expected the name of a lane, or keys with values");
  }
  const { lane, name, ...own } = worker;
  if (lane === undefined || lane === null) {
    if (own["command"] === undefined) {
      throw broken(where, "worker.command", "it is missing");
    }
    if (name !== undefined && (typeof name !== "string" || !/^[a-z0-9][a-z0-9_-]*$/.test(name))) {
      throw broken(where, "worker.name", "expected lower-case letters, digits, - and _");
    }
    return finish(typeof name === "string" ? name : "custom", own, where);
  }
  if (typeof lane !== "string") throw broken(where, "worker.lane", "expected the name of a lane");
  if (name !== undefined) throw broken(where, "worker.name", "the lane has a name already");
  if (lane === builtinLane) {
    const [key] = Object.keys(own);
    if (key === undefined) return null;
    throw broken(where, `worker.${key}`, "the built-in agent is set up by config.yaml alone");
  }
  return named(lane, own, where, "worker.lane");
}

function named(
  name: string,
  changes: Record<string, unknown>,
  where: string,
  key: string,
): Lane {
  const base = Object.hasOwn(builtinManifests, name) ? builtinManifests[name] : undefined;
  if (base) return finish(name, merge(base, changes), where);
  const close = suggest(name, laneNames);
  const guess = close === null ? "" : `; did you mean "${close}"?`;
  throw broken(where, key, `there is no lane "${name}"${guess} Lanes: ${laneNames.join(", ")}`);
}

/** Keys are merged, everything else is replaced; a key without a value is taken away. */
function merge(base: object, changes: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const below = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isMapping(below) && isMapping(value) ? merge(below, value) : value;
  }
  return merged;
}

function finish(name: string, manifest: Record<string, unknown>, where: string): Lane {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) {
    const { key, code, message } = faultIn(parsed.error.issues);
    throw broken(where, ["worker", ...key].join("."), reasonOf(code, message));
  }
  const { script = "", ...lane } = parsed.data;
  const all = [...lane.args, ...lane.extra_args];
  if (uses(all, "script") && script.trim() === "") {
    throw broken(where, "worker.script", "it is missing: it holds the command to run");
  }
  const needed = { argument: "prompt", file: "prompt_file", stdin: null } as const;
  const must = needed[lane.prompt];
  if (must !== null && !uses(all, must)) {
    throw broken(where, "worker.args", `{${must}} is missing, by which the program gets its task`);
  }
  const resumes = uses(all, "session") && lane.mcp !== undefined;
  return {
    ...lane,
    name,
    script,
    on_success: lane.on_success ?? (lane.mcp === undefined ? "complete" : "protocol_violation"),
    nudges: lane.nudges ?? (resumes ? 2 : 0),
  };
}

interface Fault {
  key: string[];
  code: string | undefined;
  message: string;
}

/** What is wrong, at the key where it is. Of a choice, the branch that fits best tells. */
function faultIn(issues: readonly z.core.$ZodIssue[]): Fault {
  const issue = issues[0];
  const key = issue?.path.map(String) ?? [];
  if (issue?.code === "unrecognized_keys") key.push(issue.keys[0]!);
  if (issue?.code === "invalid_union") {
    const branches = issue.errors.map(faultIn);
    const fitting = branches.find(({ key, code }) => key.length > 0 || code !== "invalid_type");
    if (fitting) return { ...fitting, key: [...key, ...fitting.key] };
  }
  return { key, code: issue?.code, message: issue?.message ?? "it does not fit" };
}

function reasonOf(code: string | undefined, message: string): string {
  if (code === "unrecognized_keys") return "there is no such key";
  if (message.startsWith("there is no placeholder")) {
    return `${message}; there are ${Object.keys(placeholders).join(", ")}`;
  }
  if (message === "Invalid input") return "it is of the wrong kind";
  return message.replace(/^Invalid (input|option): /, "").replace(
    "received undefined",
    "it is missing",
  );
}

function broken(where: string, key: string, reason: string): HermesError {
  return new HermesError("config", `Cannot use worker "${key}" in ${where}: ${reason}`, {
    remedy: `Correct ${key} in ${where}; see: hermes lanes show claude`,
    details: { file: where, key },
  });
}
