// Owns: putting a lane through its scenarios — each with a home, a board, a dispatcher and processes of its own.

import { errorText } from "../../base/errors.ts";
import { silentLog } from "../../base/log.ts";
import { defaultConfig } from "../../config/defaults.ts";
import { envNames } from "../../config/env_names.ts";
import { boardPaths, resolvePaths } from "../../config/paths.ts";
import { type Board, openBoard } from "../../kernel/board.ts";
import { createTask } from "../../kernel/create.ts";
import { getRuns, getTask } from "../../kernel/detail.ts";
import type { RunRow } from "../../kernel/model/rows.ts";
import type { Lane } from "../../lanes/manifest.ts";
import { ensureDir, tailText, writeTextAtomic } from "../../platform/files.ts";
import { removeTreeInside } from "../../platform/files.ts";
import { endMarked, findMarked } from "../../platform/kill_tree.ts";
import { joinPath, parentPath } from "../../platform/paths.ts";
import { makeTempDir } from "../../platform/temp_dir.ts";
import { sleep } from "../../platform/timers.ts";
import { type DispatcherDeps, markerPrefix } from "../deps.ts";
import { dispatchOnce } from "../dispatch_once.ts";
import { logPath } from "../logs.ts";
import { WorkerTable } from "../worker_table.ts";
import { type Scenario, scenariosFor } from "./scenarios.ts";

/** What the kit needs of the machine. */
export type KitPorts = Pick<DispatcherDeps, "selfCommand" | "environment" | "self" | "host">;

/** How one scenario went. */
export interface ScenarioResult {
  scenario: string;
  about: string;
  /** What must come of it, and what did: outcome of the attempt and status of the task. */
  expected: string;
  got: string;
  passed: boolean;
  /** What was wrong; empty when nothing was. */
  problems: string[];
  milliseconds: number;
}

/** Milliseconds until a scenario is given up. */
const patienceMs = 30_000;
const lookMs = 50;

/**
 * Runs all scenarios of a lane, one after the other. The program is replaced by a stand-in; everything else —
 * dispatcher, supervisor, board tools, processes — is real. Nothing of it is left afterwards.
 *
 * @throws HermesError `io` when no temporary folder can be made.
 */
export async function testLane(lane: Lane, ports: KitPorts): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenariosFor(lane)) {
    const home = await makeTempDir("hermes-lane-");
    try {
      results.push(await inHome(home, lane, scenario, ports));
    } finally {
      await removeTreeInside(parentPath(home), home);
    }
  }
  return results;
}

async function inHome(
  home: string,
  lane: Lane,
  scenario: Scenario,
  ports: KitPorts,
): Promise<ScenarioResult> {
  const script = joinPath(home, "script.json");
  await writeTextAtomic(script, JSON.stringify(scenario.script));
  const standIn: Lane = {
    ...lane,
    command: [...ports.selfCommand(), "lane-fake", script],
    // The stand-in is not the program whose ways of ending these are.
    stop: { signal: "SIGTERM", grace_seconds: 1 },
  };
  const profile = joinPath(home, "profiles", "tested");
  await ensureDir(profile);
  await writeTextAtomic(joinPath(profile, "config.yaml"), "");
  await writeTextAtomic(
    joinPath(profile, "profile.yaml"),
    `worker: ${JSON.stringify(manifestOf(standIn))}\n`,
  );
  const paths = boardPaths(resolvePaths({ [envNames.home]: home }), "default");
  const board = await openBoard({ slug: "default", path: paths.db, log: silentLog });
  try {
    const deps: DispatcherDeps = {
      ...ports,
      board,
      paths,
      root: home,
      environment: () => ({ ...ports.environment(), [envNames.home]: home }),
      config: () => Promise.resolve(defaultConfig),
      profileNames: () => Promise.resolve(["default", "tested"]),
      lane: () => Promise.resolve({ ok: true, name: lane.name, lane: standIn, file: null }),
      workers: new WorkerTable(),
      log: silentLog,
      workerGraceMs: 1500,
    };
    return await play(deps, scenario);
  } finally {
    await endAll(board);
    await board.close();
  }
}

/** A manifest as it would be written. */
function manifestOf({ name, script, ...manifest }: Lane): Record<string, unknown> {
  return { name, ...(script === "" ? {} : { script }), ...manifest };
}

async function play(deps: DispatcherDeps, scenario: Scenario): Promise<ScenarioResult> {
  const { board } = deps;
  const began = board.clock.monotonicMs();
  const { task } = await createTask(board, {
    title: `Conformance: ${scenario.name}`,
    body: scenario.about,
    assignee: "tested",
    maxRuntimeSeconds: scenario.maxSeconds ?? null,
  });
  const problems: string[] = [];
  let run: RunRow | undefined;
  try {
    run = await firstRun(deps, task.id, began);
  } catch (thrown) {
    problems.push(errorText(thrown));
  }
  const { status } = await getTask(board, task.id);
  const got = `${run?.outcome ?? "nothing"}, task ${status}`;
  const expected = `${scenario.outcome}, task ${scenario.status}`;
  if (run) problems.push(...await faultsOf(deps, scenario, run));
  if (got !== expected && run?.error) problems.push(run.error);
  return {
    scenario: scenario.name,
    about: scenario.about,
    expected,
    got,
    passed: got === expected && problems.length === 0,
    problems,
    milliseconds: Math.round(board.clock.monotonicMs() - began),
  };
}

/** Dispatches until the first attempt is over and its worker gone. */
async function firstRun(
  deps: DispatcherDeps,
  taskId: string,
  began: number,
): Promise<RunRow | undefined> {
  const { board, workers } = deps;
  await dispatchOnce(deps, { maxSpawns: 1 });
  while (board.clock.monotonicMs() - began < patienceMs) {
    await dispatchOnce(deps, { maxSpawns: 0 });
    const [run] = await getRuns(board, taskId);
    // What it has used may be told after it has handed over.
    if (run && run.ended_at !== null && !workers.isChild(run.id)) return run;
    await sleep(lookMs);
  }
  throw new Error(`it was not over after ${patienceMs / 1000} s`);
}

/** What is wrong besides the outcome. */
async function faultsOf(
  { board, paths }: DispatcherDeps,
  { says, records = {}, maxLogBytes }: Scenario,
  run: RunRow,
): Promise<string[]> {
  const faults: string[] = [];
  const words = `${run.summary ?? ""}\n${run.error ?? ""}`;
  if (says !== undefined && !words.includes(says)) faults.push(`"${says}" is not handed on`);
  const compare = (what: string, wanted: unknown, found: unknown) => {
    if (wanted !== undefined && wanted !== found) {
      faults.push(`${what} is recorded as ${found ?? "unknown"} instead of ${wanted}`);
    }
  };
  compare("session", records.session, run.worker_session_id);
  compare("input tokens", records.input, run.input_tokens);
  compare("output tokens", records.output, run.output_tokens);
  compare("cost", records.cost, run.cost_usd);
  const { size } = await tailText(logPath(paths.logsRoot, run.task_id), 1);
  if (maxLogBytes !== undefined && size > maxLogBytes) faults.push(`the log has ${size} bytes`);
  if (size === 0) faults.push("nothing is in the log");
  const left = findMarked(markerPrefix(board)).length;
  if (left > 0) faults.push(`${left} of its processes are left`);
  return faults;
}

async function endAll(board: Board): Promise<void> {
  const markers = new Set(findMarked(markerPrefix(board)).map(({ marker }) => marker));
  for (const marker of markers) await endMarked(marker, 200);
}
