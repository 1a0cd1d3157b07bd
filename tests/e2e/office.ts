// Owns: a home with a team and a rehearsal model, in which the program under test runs as processes.

import { join } from "node:path";
import { type Board, openBoard } from "../../src/kernel/board.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import type { TaskDetail } from "../../src/kernel/views.ts";
import { endMarked, findMarked } from "../../src/platform/kill_tree.ts";
import { type RehearsalServer, startRehearsal } from "../../src/rehearsal/server.ts";
import { inWorld, type Running, until, type World } from "../harness/program.ts";

const team: Record<string, string> = {
  researcher: "Finds facts and writes them down.",
  writer: "Turns notes into pages.",
  "backend-eng": "Writes scripts and programs.",
  reviewer: "Tests what others made.",
  ops: "Runs and measures things.",
};

export interface Office extends World {
  model: RehearsalServer;
  /** The board as this process reads it: looking at it often costs no process. */
  board: Board;
  /** Starts a gateway and waits until it says that it runs. */
  gateway(): Promise<Running>;
  /** Creates a task through the command line and returns its id. */
  create(title: string, ...flags: string[]): Promise<string>;
  detail(id: string): Promise<TaskDetail>;
  /** Waits until a task has a status; fails after `seconds`. */
  becomes(id: string, status: string, seconds?: number): Promise<TaskDetail>;
  /** Pids of all processes that belong to a run of this board. */
  workers(): number[];
}

export interface OfficeOptions {
  /** Milliseconds every answer of the model takes. */
  delayMs?: number;
  /** Lines added to config.yaml. */
  config?: string;
}

/** Runs `body` in a fresh office. Afterwards nothing of it is left: no process, no file, no port. */
export function inOffice(
  body: (office: Office) => Promise<void>,
  options: OfficeOptions = {},
): Promise<void> {
  return inWorld(async (world) => {
    const { home } = world;
    const model = await startRehearsal({ delayMs: options.delayMs });
    await furnish(home, model.url, options.config ?? "");
    const board = await openBoard({ slug: "default", path: join(home, "kanban.db") });
    const marker = `hermes:${board.path}:`;
    const gateways = new Set<Running>();
    const detail = (id: string) => getDetail(board, id);
    const office: Office = {
      ...world,
      model,
      board,
      detail,
      workers: () => findMarked(marker).map(({ identity }) => identity.pid),
      async gateway() {
        const gateway = world.start(["gateway", "start"]);
        gateways.add(gateway);
        gateway.ended.finally(() => gateways.delete(gateway));
        await until("the gateway runs", () => gateway.output().includes("Ctrl-C"));
        return gateway;
      },
      async create(title, ...flags) {
        return (await world.json(["kanban", "create", title, ...flags])).id;
      },
      becomes(id, status, seconds = 20) {
        let seen: TaskDetail | undefined;
        return until(`${id} is ${status}`, async () => {
          seen = await detail(id);
          return seen.task.status === status && seen;
        }, seconds).catch((error) => {
          throw new Error(`${error.message}\n${JSON.stringify(seen, null, 1)}`);
        });
      },
    };
    try {
      await body(office);
    } finally {
      for (const gateway of gateways) {
        gateway.signal("SIGKILL");
        await gateway.ended;
      }
      for (const { marker: own } of findMarked(marker)) await endMarked(own, 0);
      await board.close();
      await model.stop();
    }
  });
}

async function furnish(home: string, modelUrl: string, more: string): Promise<void> {
  const write = async (folder: string, description: string, config: string) => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "profile.yaml"), `description: ${description}\n`);
    await Deno.writeTextFile(join(folder, "config.yaml"), config);
  };
  const model = `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${modelUrl}\n`;
  await write(home, "Owns ideas that were split and judges the results.", `${model}${more}`);
  for (const [name, description] of Object.entries(team)) {
    await write(join(home, "profiles", name), description, "# nothing of its own\n");
  }
}
