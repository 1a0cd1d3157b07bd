// Owns: a worker's log and the transcript of a run, followed while they are written.

import type { Context, Hono } from "hono";
import { HermesError } from "../base/errors.ts";
import { log } from "../ops/runs/log.ts";
import type { OpContext } from "../ops/context.ts";
import { runOp } from "../ops/run.ts";
import { runs } from "../ops/runs/runs.ts";
import { run as runOperation } from "../ops/runs/timeline.ts";
import { entryOf, transcript } from "../ops/runs/transcript.ts";
import { isInside } from "../platform/files.ts";
import { sleep } from "../platform/timers.ts";
import type { ApiWorld } from "./api.ts";
import type { Desk } from "./desk.ts";
import { atDesk } from "./desks.ts";
import { FileFollower } from "./follow_file.ts";
import { apiBase } from "./base_path.ts";
import { eventStream, type Sent } from "./sse.ts";

/** Milliseconds between two looks at a file while its run is under way, and while none is. */
const busyMs = 200;
const idleMs = 1000;
/** Bytes from the end that a reader gets at first. */
const firstBytes = 100_000;
/** Bytes that a reader may ask for. */
const mostBytes = 8_000_000;

/** Methods and paths that are answered here. */
export const streamPaths: readonly (readonly [string, string])[] = [
  ["GET", `${apiBase}/tasks/:task_id/log/stream`],
  ["GET", `${apiBase}/runs/:run_id/transcript/stream`],
];

/** Adds the addresses. */
export function addStreams(app: Hono, world: ApiWorld): void {
  app.get(`${apiBase}/tasks/:task_id/log/stream`, (c) => logStream(c, world));
  app.get(`${apiBase}/runs/:run_id/transcript/stream`, (c) => transcriptStream(c, world));
}

/** Follows the log of a task over all its attempts until the reader leaves. */
async function logStream(c: Context, { desks, actor }: ApiWorld): Promise<Response> {
  const task_id = c.req.param("task_id") ?? "";
  return await atDesk(c.req.raw, desks, async (desk) => {
    const context = desk.as(actor);
    const { path } = await runOp(log, context, { task_id, tail: 1 });
    await checkInside(context, path);
    const file = new FileFollower(path, startOf(c));
    return follow(desk, (signal) => logItems(desk, context, task_id, file, signal));
  });
}

async function* logItems(
  desk: Desk,
  context: OpContext,
  task_id: string,
  file: FileFollower,
  signal: AbortSignal,
): AsyncGenerator<Sent> {
  let seen = -1;
  let said = "";
  let open = false;
  while (!signal.aborted) {
    if (desk.changes !== seen) {
      seen = desk.changes;
      const newest = (await runOp(runs, context, { task_id })).runs.at(-1) ?? null;
      open = newest !== null && newest.ended_at === null;
      const now = JSON.stringify([newest?.id, newest?.status, newest?.ended_at]);
      if (now !== said) yield { event: "run", data: newest };
      said = now;
    }
    const piece = await file.next();
    if (piece) yield { event: "log", data: piece, id: String(piece.offset) };
    else await sleep(open ? busyMs : idleMs, signal).catch(() => {});
  }
}

/** Follows the transcript of a run; says `end` once the run is over and all of it was sent. */
async function transcriptStream(c: Context, { desks, actor }: ApiWorld): Promise<Response> {
  const text = c.req.param("run_id") ?? "";
  const run_id = Number(text);
  if (!/^\d{1,15}$/.test(text) || run_id < 1) {
    throw new HermesError("malformed", `Cannot find run "${text}": expected a number`, {
      details: { field: "run_id" },
    });
  }
  return await atDesk(c.req.raw, desks, async (desk) => {
    const context = desk.as(actor);
    const { path } = await runOp(transcript, context, { run_id, tail: 1 });
    await checkInside(context, path);
    const file = new FileFollower(path, startOf(c));
    return follow(desk, (signal) => transcriptItems(context, run_id, file, signal));
  });
}

async function* transcriptItems(
  context: OpContext,
  run_id: number,
  file: FileFollower,
  signal: AbortSignal,
): AsyncGenerator<Sent> {
  let rest = "";
  // The last look at the file comes after the word that nobody writes it any more.
  let over = false;
  while (!signal.aborted) {
    const piece = await file.next();
    if (piece) {
      const lines = ((piece.restarted ? "" : rest) + piece.text).split("\n");
      rest = lines.pop() ?? "";
      const entries = lines.map(entryOf).filter((entry) => entry !== null);
      const id = String(piece.offset - new TextEncoder().encode(rest).length);
      if (entries.length > 0) yield { event: "entries", data: entries, id };
      continue;
    }
    const { run } = await runOp(runOperation, context, { run_id });
    if (over) return yield { event: "end", data: run };
    over = run.ended_at !== null;
    if (!over) await sleep(busyMs, signal).catch(() => {});
  }
}

/** Sends items until the reader leaves or the board is closed; it stays open that long. */
function follow(
  desk: Desk,
  items: (signal: AbortSignal) => AsyncIterable<Sent>,
): Response {
  const left = new AbortController();
  const signal = AbortSignal.any([desk.closed, left.signal]);
  const release = desk.hold();
  return eventStream(items(signal), () => {
    left.abort();
    release();
  });
}

/** Where to begin: what the reader has seen already, else what it asks for. */
function startOf(c: Context): number {
  const seen = c.req.header("last-event-id") ?? c.req.query("from");
  if (seen !== undefined && /^\d{1,15}$/.test(seen)) return Number(seen);
  const tail = Number(c.req.query("tail") ?? firstBytes);
  return -Math.min(mostBytes, tail >= 1 ? Math.floor(tail) : firstBytes);
}

/** Ids come from the board's file, which other programs write too. */
async function checkInside({ boardPaths }: OpContext, path: string): Promise<void> {
  if (await isInside(boardPaths.logsRoot, path)) return;
  throw new HermesError("not_found", `Cannot follow "${path}": it is not in the board's folder`);
}
