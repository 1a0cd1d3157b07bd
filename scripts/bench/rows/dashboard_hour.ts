// Owns: the row about an hour in front of the board: what page and server keep of all that happened.

import type { Board } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { sleep } from "../../../src/platform/timers.ts";
import { heapOf, openBoard, signedIn, token, withDashboard } from "../browser_page.ts";
import { type Figure, figure, type Row } from "../figure.ts";
import { median } from "../statistics.ts";
import { seedOpenTasks, taskId } from "../seed.ts";

const minutes = 60;
const eventsPerSecond = 10;

/** Minutes that are no part of the comparison: what is kept for good is there after them. */
const warmUpMinutes = 5;

export const dashboardHour: Row = {
  name: "dashboard-hour",
  big: true,
  measure: (settings) =>
    withDashboard(async ({ board, browser, url }) => {
      const count = settings.size(10_000, 200);
      await seedOpenTasks(board, count);
      const context = await signedIn(browser, url);
      const page = await openBoard(context, url);
      const session = await page.context().newCDPSession(page);
      const seconds = settings.size(minutes * 60, 20);
      const heaps: number[] = [];
      for (let minute = 0; minute < minutes; minute++) {
        const round = Math.round(minute * seconds / minutes * eventsPerSecond);
        await happen(board, url, count, round, seconds / minutes);
        heaps.push(await heapOf(session));
        // Something of the page is drawn anew, as when somebody works with it.
        await page.mouse.wheel(0, minute % 2 === 0 ? 600 : -600);
      }
      const first = median(heaps.slice(warmUpMinutes, 2 * warmUpMinutes));
      const last = median(heaps.slice(-warmUpMinutes));
      await context.close();
      const what = `${(seconds * eventsPerSecond).toLocaleString("en")} events in ` +
        `${Math.round(seconds / 60)} minutes on a board of ${count.toLocaleString("en")} tasks`;
      const figures: Figure[] = [
        figure(`${what}: memory of the page's script at first`, "MB", [first], {
          note: `after collections, the median of minutes ${warmUpMinutes} to ${2 * warmUpMinutes}`,
        }),
        figure(`${what}: memory of the page's script at last`, "MB", [last], {
          budget: Math.round(first * 11) / 10,
          note: "the budget is a tenth more than at first",
        }),
      ];
      return figures;
    }),
};

/** Comments, and new priorities over HTTP, evenly over some seconds. */
async function happen(
  board: Board,
  url: string,
  count: number,
  begin: number,
  seconds: number,
): Promise<void> {
  const started = performance.now();
  const events = Math.round(seconds * eventsPerSecond);
  for (let nth = 0; nth < events; nth++) {
    const round = begin + nth;
    const id = taskId((round * 37) % count);
    if (round % 2 === 0) await addComment(board, id, "bench", `What was seen at round ${round}`);
    else await patch(url, id, { priority: round % 7 });
    const ahead = (nth + 1) * 1000 / eventsPerSecond - (performance.now() - started);
    if (ahead > 1) await sleep(ahead);
  }
}

async function patch(url: string, id: string, body: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${url}/api/plugins/kanban/tasks/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Cannot change task "${id}": ${response.status}`);
}
