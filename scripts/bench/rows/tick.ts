// Owns: the rows about one pass of the dispatcher over a board where everything waits.

import { dispatchView } from "../../../src/kernel/dispatch_view.ts";
import type { Board } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { promoteWaiting } from "../../../src/kernel/promote.ts";
import { markerPrefix } from "../../../src/dispatcher/deps.ts";
import { runTick } from "../../../src/dispatcher/tick.ts";
import { findMarked } from "../../../src/platform/kill_tree.ts";
import { dispatcherDeps, makeProfiles, profiles } from "../dispatcher_deps.ts";
import { type Figure, figure, type Row, type Settings } from "../figure.ts";
import { collect, timed } from "../measure.ts";
import { seedTasks, seedWaiting, taskId } from "../seed.ts";
import { withBoard } from "../world.ts";

/** Passes per sample: one alone is too short to time. */
const passes = 20;

/** Events the promotion pass lets pile up before it stores its position anew. */
const pileUp = 499;

export const tick: Row = {
  name: "tick",
  measure: async (settings) => [
    ...await measureTick(settings, { tasks: 10_000, parents: 5, budget: 1, reference: 13.6 }),
    await measureReadyTick(settings),
    await measureSweep(settings),
  ],
};

export const tickLarge: Row = {
  name: "tick-large",
  big: true,
  // One parent each, so that seeding stays within two minutes.
  measure: async (settings) => [
    ...await measureTick(settings, { tasks: 100_000, parents: 1, budget: 3 }),
    ...await measureTick(settings, { tasks: 1_000_000, parents: 1, budget: 3 }),
  ],
};

interface WaitingBoard {
  tasks: number;
  /** Parents each task waits for. */
  parents: number;
  /** Milliseconds per tick. */
  budget: number;
  reference?: number;
}

function measureTick(settings: Settings, size: WaitingBoard): Promise<Figure[]> {
  const count = settings.size(size.tasks);
  return withBoard(async (board, home) => {
    await seedWaiting(board, count, size.parents);
    await promoteWaiting(board);
    await makeProfiles(home);
    const deps = dispatcherDeps(board, home);
    const quiet = await collect(settings.runs, {
      real: timed(() => runTick(deps, { sweep: false }), passes),
      dry: timed(() => runTick(deps, { sweep: false, dryRun: true }), passes),
      read: timed(() => dispatchView(board, profiles, 12), passes),
    });
    await pileUpEvents(board, Math.min(count, 100));
    const piled = await collect(settings.runs, {
      real: timed(() => runTick(deps, { sweep: false }), passes),
    });
    const over = `tick over ${count.toLocaleString("en")} waiting tasks`;
    const { budget, reference } = size;
    return [
      figure(over, "ms", quiet.real, { budget, reference }),
      figure(`${over}, dry run`, "ms", quiet.dry, { budget, reference }),
      figure(`${over}, what it reads from the board`, "ms", quiet.read),
      figure(`${over}, ${pileUp} events since the last promotion`, "ms", piled.real),
    ];
  });
}

/** Looking for processes that outlived their run, which a pass does once a minute and when a worker ended. */
function measureSweep(settings: Settings): Promise<Figure> {
  return withBoard(async (board) => {
    const { sweep } = await collect(settings.runs, {
      sweep: timed(() => findMarked(markerPrefix(board))),
    });
    return figure("sweep of all processes for strays", "ms", sweep, {
      note: `of ${processCount()} processes; not part of the ticks above, but done once a minute ` +
        "and when a worker ended",
    });
  });
}

/** Far more ready tasks than places: what is not started must cost nothing. */
function measureReadyTick(settings: Settings): Promise<Figure> {
  const count = settings.size(10_000);
  return withBoard(async (board, home) => {
    await seedTasks(board, { first: 0, count, status: "ready", assignee: "writer" });
    await promoteWaiting(board);
    await makeProfiles(home);
    const deps = dispatcherDeps(board, home);
    const { dry } = await collect(settings.runs, {
      dry: timed(() => runTick(deps, { sweep: false, dryRun: true }), passes),
    });
    return figure(`tick over ${count.toLocaleString("en")} ready tasks, dry run`, "ms", dry);
  });
}

/** Events that move nothing, spread over tasks that have children. */
async function pileUpEvents(board: Board, tasks: number): Promise<void> {
  for (let number = 0; number < pileUp; number++) {
    await addComment(board, taskId(number % tasks), "bench", "still waiting");
  }
}

function processCount(): number {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).length;
}
