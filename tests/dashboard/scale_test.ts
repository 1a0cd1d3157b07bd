// Owns: the board with ten thousand tasks.

import { strict as assert } from "node:assert";
import { seedTasks } from "../../scripts/bench/seed.ts";
import { until } from "../harness/program.ts";
import { dashboardSuite, visit } from "./browser.ts";

dashboardSuite("a board of ten thousand tasks", async (suite) => {
  const { board } = suite.office;
  await seedTasks(board, { first: 0, count: 5000, status: "ready", assignee: "writer" });
  await seedTasks(board, { first: 5000, count: 200, status: "blocked", assignee: "ops" });
  await seedTasks(board, { first: 5200, count: 4800, status: "done", assignee: "ops" });

  await suite.test("only what is seen is drawn, and the end of a column can be reached", async (page) => {
    await visit(page, "/");
    await page.locator('[data-column="ready"] .card').first().waitFor();
    assert.equal(await page.locator('[data-column="ready"] .column-count').innerText(), "5000");
    assert.ok(await page.locator(".card").count() < 150);
    await until("all of it is there", async () => {
      const height = await page.locator('[data-list="ready"]').evaluate((list) => {
        list.scrollTop = list.scrollHeight;
        return list.scrollHeight;
      });
      return height > 300_000;
    });
    // Priorities go from 4 to none, so the last card has no mark.
    await page.locator('[data-column="ready"] .card:not(:has(.badge))').first().waitFor();
    assert.ok(await page.locator(".card").count() < 200);
    const done = page.locator('[data-list="done"]');
    await done.evaluate((list) => list.scrollTop = list.scrollHeight);
    await page.getByRole("button", { name: "Show 4,700 older" }).click();
    await until("a hundred more are there", async () => {
      await done.evaluate((list) => list.scrollTop = list.scrollHeight);
      return await page.getByRole("button", { name: "Show 4,600 older" }).isVisible();
    });
  });

  await suite.test("S-248 a hundred events in a second neither freeze the page nor reload the board", async (page) => {
    const ids: string[] = [];
    for (let nth = 0; nth < 10; nth++) {
      ids.push((await suite.api("POST", "/tasks", { title: `Busy ${nth}`, priority: 50 })).task.id);
    }
    await visit(page, "/");
    await page.locator(`[data-card="${ids[0]}"]`).waitFor();
    await page.locator('.live-dot[data-state="open"]').waitFor();
    // The whole board has come when its last card is known.
    await until("all of it is there", async () => {
      const list = page.locator('[data-list="ready"] .column-rows');
      return (await list.evaluate((rows) => rows.clientHeight)) > 300_000;
    });
    let boards = 0;
    let changes = 0;
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith("/board")) boards++;
      if (pathname.endsWith("/board/changes")) changes++;
    });
    await page.evaluate(() => {
      const kept = globalThis as unknown as { longest: number };
      kept.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          kept.longest = Math.max(kept.longest, duration);
        }
      }).observe({ entryTypes: ["longtask"] });
    });
    for (let round = 1; round <= 10; round++) {
      await Promise.all(
        ids.map((id) => suite.api("PATCH", `/tasks/${id}`, { priority: 50 + round })),
      );
    }
    await page.locator(`[data-card="${ids[9]}"]`, { hasText: "P60" }).waitFor();
    assert.equal(boards, 0, "the board was not asked for as a whole");
    assert.ok(changes >= 1 && changes <= 40, `${changes} times`);
    const longest = await page.evaluate("longest") as number;
    assert.ok(longest < 1000, `the page stood still for ${longest} ms`);
  });
});
