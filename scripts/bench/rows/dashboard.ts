// Owns: the rows about the dashboard in a real browser: first cards, dragging, bursts, memory.

import type { BrowserContext, Page } from "playwright-core";
import type { Board } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { sleep } from "../../../src/platform/timers.ts";
import { heapOf, openBoard, signedIn, withDashboard } from "../browser_page.ts";
import { type Figure, figure, percentileFigure, type Row, type Settings } from "../figure.ts";
import { seedOpenTasks, taskId } from "../seed.ts";

/** Events of the long stream, after which memory is looked at again. */
const streamed = 10_000;

export const dashboard: Row = {
  name: "dashboard",
  measure: (settings) =>
    withDashboard(async ({ board, browser, url }) => {
      const count = settings.size(10_000, 200);
      await seedOpenTasks(board, count);
      const context = await signedIn(browser, url);
      const what = `board of ${count.toLocaleString("en")} open tasks`;
      const figures: Figure[] = [await firstCards(context, url, what, settings)];
      const page = await openBoard(context, url);
      figures.push(...await dragging(page, what));
      figures.push(...await underEvents(page, board, count, what, settings));
      await context.close();
      return figures;
    }),
};

/** Navigation → the first cards are painted, with the files of the application in the browser's cache. */
async function firstCards(
  context: BrowserContext,
  url: string,
  what: string,
  settings: Settings,
): Promise<Figure> {
  const samples: number[] = [];
  for (let round = -1; round < settings.runs; round++) {
    const page = await context.newPage();
    await page.addInitScript(paintOfCards);
    await page.goto(`${url}/`);
    const painted = await page.evaluate("globalThis.cardsPainted") as number;
    if (round >= 0) samples.push(painted);
    await page.close();
  }
  return figure(`${what}: navigation → first cards painted`, "ms", samples, {
    budget: 400,
    note: "a browser without a graphics card, on the same machine as the server",
  });
}

/** Runs in the page: when the first card was painted, in ms since the navigation began. */
const paintOfCards = `globalThis.cardsPainted = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".card")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  }).observe(document, { childList: true, subtree: true });
});`;

/** Picks a card up with the mouse and moves it over the columns; how long each frame takes. */
async function dragging(page: Page, what: string): Promise<Figure[]> {
  const card = await page.locator('[data-list="ready"] .card').first().boundingBox();
  const from = { x: card!.x + 60, y: card!.y + 40 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10, { steps: 4 });
  await page.locator(".card-dragged").waitFor();
  await page.evaluate(`{
    const kept = globalThis.frames60 = [];
    let last = performance.now();
    const frame = (now) => { kept.push(now - last); last = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  }`);
  for (let step = 0; step < 240; step++) {
    const x = from.x + Math.sin(step / 20) * 350;
    await page.mouse.move(x, from.y + 200 + Math.cos(step / 11) * 120);
  }
  const frames = (await page.evaluate("globalThis.frames60") as number[]).slice(2);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return [
    percentileFigure(`${what}: a frame while a card is dragged`, 0.5, "ms", frames, {
      budget: 17,
      note: "60 frames a second are 16.7 ms each",
    }),
    percentileFigure(`${what}: a frame while a card is dragged`, 0.95, "ms", frames),
  ];
}

/** A hundred events a second, for as long as the stream is; the longest task, and memory kept. */
async function underEvents(
  page: Page,
  board: Board,
  count: number,
  what: string,
  settings: Settings,
): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(`{
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ entryTypes: ["longtask"] });
  }`);
  await checkLongTasks(page);
  // What is kept for good is there after the first events.
  await stream(board, count, 300, 100);
  const before = await heapOf(session);
  await page.evaluate("globalThis.longTasks.length = 0");
  await stream(board, count, 1000, 100);
  await sleep(1000);
  const longest = Math.max(0, ...await page.evaluate("globalThis.longTasks") as number[]);
  await stream(board, count, settings.size(streamed, 500), 500);
  const seen = page.locator('[data-list="ready"] .card').first().locator(".card-count");
  await seen.first().waitFor();
  await sleep(2000);
  const after = await heapOf(session);
  const events = (settings.size(streamed, 500) + 1000).toLocaleString("en");
  return [
    figure(`${what}: 100 events a second, longest task`, "ms", [longest], {
      budget: 200,
      note: "how long the page does not answer at most, over 10 s; 0 when no task took 50 ms",
    }),
    figure(`${what}: memory of the page's script at first`, "MB", [before]),
    figure(`${what}: memory of the page's script after ${events} events`, "MB", [after], {
      budget: Math.round(before * 1.1 * 10) / 10,
      note: "after a collection; the budget is a tenth more than at first",
    }),
  ];
}

/** @throws Error when the browser tells of no long task although there was one: then 0 would mean nothing. */
async function checkLongTasks(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => setTimeout(() => {
    const until = performance.now() + 80;
    while (performance.now() < until);
    setTimeout(resolve, 200);
  }))`);
  if (await page.evaluate("globalThis.longTasks.length") === 0) {
    throw new Error("Cannot measure long tasks: the browser does not tell of them");
  }
}

/** Writes comments, `rate` a second, all over the board. */
async function stream(board: Board, count: number, events: number, rate: number): Promise<void> {
  const begun = performance.now();
  for (let written = 0; written < events; written++) {
    const number = (written * 37) % count;
    await addComment(board, taskId(number), "bench", `What was seen at round ${written}`);
    const ahead = (written + 1) * 1000 / rate - (performance.now() - begun);
    if (ahead > 1) await sleep(ahead);
  }
}
