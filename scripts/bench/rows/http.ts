// Owns: the rows about the board over HTTP: the whole board, the unchanged one, how soon tabs hear, what they cost.

import { type Ask, readFirstCards, readWholeBoard } from "../../../dashboard/api/whole_board.ts";
import { serveDashboard } from "../../../src/app/dashboard_server.ts";
import { silentLog } from "../../../src/base/log.ts";
import type { Board } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { sleep } from "../../../src/platform/timers.ts";
import { withChild } from "../child.ts";
import { type Figure, figure, notHere, percentileFigure, type Row } from "../figure.ts";
import { collect, milliseconds, preciseNow } from "../measure.ts";
import { programEnvironment, programs, rebuildRemedy } from "../program.ts";
import { seedLinks, seedOpenTasks, seedTasks, taskId } from "../seed.ts";
import { withBoard, withBoardOf, withHome } from "../world.ts";

const token = "0123456789abcdef0123456789abcdef";
const base = "/api/plugins/kanban";
const wholeBoard = { tenant: "", includeArchived: false, doneLimit: 100 };

/** Milliseconds within which commits are strewn, so that they hit every phase of a polling timer. */
const spreadMs = 150;

export const httpBoard: Row = {
  name: "http-board",
  measure: (settings) =>
    withServed(async ({ ask, board }) => {
      const open = settings.size(10_000, 20);
      await seedTasks(board, { first: 1, count: open, status: "todo", assignee: "writer" });
      await seedLinks(board, { first: 10, count: open - 10 }, 1);
      await seedTasks(board, { first: open + 1, count: open, status: "done", assignee: "writer" });
      const changed = (path: string) => async () => {
        await addComment(board, taskId(1), "bench", "Something else than before");
        return await milliseconds(() => ask(path));
      };
      let tag = "";
      const samples = await collect(settings.runs, {
        whole: changed("/board"),
        lean: changed("/board?texts=false"),
        changes: async () => {
          const [{ id }] = JSON.parse((await ask("/feed?limit=1")).text).events;
          return await changed(`/board/changes?since=${id}`)();
        },
        unchanged: async () => {
          while ((await ask("/board", tag)).status !== 304) tag = (await ask("/board")).tag;
          return await milliseconds(() => ask("/board", tag));
        },
      });
      const count = open.toLocaleString("en");
      const what = `GET /board, ${count} open tasks and as many done`;
      return [
        figure(what, "ms", samples.whole, { budget: 100, note: "after a change; with all texts" }),
        figure(`${what}, without texts`, "ms", samples.lean, { budget: 100 }),
        figure(`${what}, changes alone`, "ms", samples.changes, { budget: 10 }),
        figure(`${what}, unchanged (304)`, "ms", samples.unchanged, { budget: 2 }),
      ];
    }),
};

export const httpEvents: Row = {
  name: "http-events",
  measure: (settings) =>
    withServed(async ({ board, home, url }) => {
      const { task } = await createTask(board, { title: "Something to watch" });
      const socket = new WebSocket(
        `${url.replace("http", "ws")}${base}/events?since=1&token=${token}`,
      );
      let tell = (_at: number) => {};
      socket.onmessage = () => tell(preciseNow());
      await new Promise((resolve) => socket.onopen = resolve);
      const samples: number[] = [];
      await withChild("committer", [home, task.id], async (child) => {
        for (let left = settings.runs * settings.size(20); left > 0; left--) {
          await sleep(Math.random() * spreadMs);
          const told = new Promise<number>((resolve) => tell = resolve);
          await child.send("commit");
          const committed = Number(await child.line());
          samples.push(await told - committed);
        }
      });
      const closed = new Promise((resolve) => socket.onclose = resolve);
      socket.close();
      await closed;
      const what = "commit in another process → event in a tab";
      return [
        percentileFigure(what, 0.5, "ms", samples),
        percentileFigure(what, 0.99, "ms", samples, { budget: 200 }),
      ];
    }),
};

export const httpTabs: Row = {
  name: "http-tabs",
  measure: async (settings) => {
    if (Deno.build.os !== "linux") {
      throw notHere("http-tabs", "memory is read from /proc", "Use Linux.");
    }
    const figures: Figure[] = [];
    for (const program of await programs()) {
      const megabytes = await withTabs(
        program.argv,
        settings.size(50, 2),
        settings.size(10_000, 20),
      );
      figures.push(
        figure(`50 tabs on a board of 10,000 tasks, ${program.name}: memory`, "MB", [megabytes], {
          budget: 150,
          note: "resident set, after all of them have twice read the board at the same time, " +
            "with 100 changes in between that every tab was told of",
        }),
      );
    }
    return figures;
  },
};

/** Memory of a dashboard with many tabs that read the board whenever they are told that it changed. */
function withTabs(argv: readonly string[], tabs: number, count: number): Promise<number> {
  return withHome((home) =>
    withBoardOf(home, async (board) => {
      await seedOpenTasks(board, count);
      const [name = "", ...args] = argv;
      const process = new Deno.Command(name, {
        args: [...args, "dashboard", "--no-open", "--port", "0"],
        env: { ...programEnvironment(home), HERMES_DASHBOARD_TOKEN: token },
        clearEnv: true,
        stdin: "null",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      try {
        const url = await addressOf(process.stdout);
        const sockets = await Promise.all(Array.from({ length: tabs }, () => openTab(url)));
        for (let change = 0; change < 100; change++) {
          await addComment(board, taskId(change % count), "bench", `Change ${change}`);
          await sleep(20);
        }
        await Promise.all(sockets.map(() => readWholeBoard(asking(url), wholeBoard)));
        const status = await Deno.readTextFile(`/proc/${process.pid}/status`);
        for (const socket of sockets) socket.close();
        return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024 / 1e6;
      } finally {
        process.kill("SIGTERM");
        await process.status;
      }
    })
  );
}

/** As the dashboard starts: what a screen shows, what happens from then on, all the rest. */
async function openTab(url: string): Promise<WebSocket> {
  const { latest_event_id: since } = await readFirstCards(asking(url), wholeBoard);
  const socket = new WebSocket(
    `${url.replace("http", "ws")}/events?since=${since}&token=${token}`,
  );
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  await readWholeBoard(asking(url), wholeBoard);
  return socket;
}

/** Asks as the dashboard does. */
function asking(url: string): Ask {
  return async (path, query) => {
    const words = Object.entries(query)
      .flatMap(([name, value]) => value === undefined || value === "" ? [] : [[name, `${value}`]]);
    const response = await fetch(`${url}${path}?${new URLSearchParams(words)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return await response.json();
  };
}

/** Reads until the address of the API was printed, then lets the rest go. */
async function addressOf(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const chunk of output.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (found && said.includes("Ctrl-C")) return found[0] + base;
  }
  throw notHere("http-tabs", "the dashboard ended before it had started", rebuildRemedy);
}

interface Served {
  home: string;
  board: Board;
  url: string;
  ask(path: string, tag?: string): Promise<{ status: number; tag: string; text: string }>;
}

function withServed<T>(body: (served: Served) => Promise<T>): Promise<T> {
  return withBoard(async (board, home) => {
    const env = { HERMES_HOME: home, HERMES_DASHBOARD_TOKEN: token };
    const dashboard = await serveDashboard({ env, port: 0, log: silentLog });
    const ask: Served["ask"] = async (path, tag) => {
      const response = await fetch(dashboard.url + base + path, {
        headers: { authorization: `Bearer ${token}`, ...(tag ? { "if-none-match": tag } : {}) },
      });
      const text = await response.text();
      return { status: response.status, tag: response.headers.get("etag") ?? "", text };
    };
    try {
      return await body({ home, board, url: dashboard.url, ask });
    } finally {
      await dashboard.stop();
    }
  });
}
