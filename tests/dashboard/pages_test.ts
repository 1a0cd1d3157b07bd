// Owns: the timeline and the activity feed in a real browser, after real work.

import { strict as assert } from "node:assert";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, type Suite, visit } from "./browser.ts";

dashboardSuite("the timeline", async (suite) => {
  const { api, office, test } = suite;

  await test("says what will be there while nobody worked", async (page) => {
    await visit(page, "/timeline");
    await page.getByText("Nobody worked in this time").waitFor();
    await expectAccessible(page);
  });

  const done = await office.create("Print the numbers", "--assignee", "ops");
  await office.becomes(done, "done", 60);
  addRuns(suite, done);

  await test("a row per profile or task, a bar per run in the colour of its outcome", async (page) => {
    await visit(page, "/timeline?span=24h");
    const row = page.getByRole("region", { name: /^ops, \d+ runs$/ });
    await row.waitFor();
    await row.locator('.timeline-run[data-tone="green"]').first().waitFor();
    await row.locator('.timeline-run[data-tone="red"]').first().waitFor();
    const bars = await row.locator(".timeline-run").evaluateAll((all) =>
      all.map((bar) => {
        const { left, right, top } = bar.getBoundingClientRect();
        return { left, right, top };
      })
    );
    for (const [index, a] of bars.entries()) {
      for (const b of bars.slice(index + 1)) {
        if (a.top !== b.top) continue;
        assert.ok(a.right <= b.left + 6 || b.right <= a.left + 6, JSON.stringify([a, b]));
      }
    }
    await page.getByRole("button", { name: "Tasks" }).click();
    await page.getByRole("region", { name: /^Print the numbers, \d+ runs$/ }).waitFor();
    assert.match(page.url(), /by=task/);
  });

  await test("the stretch is chosen and moved, and the address keeps it", async (page) => {
    await visit(page, "/timeline");
    const count = async () =>
      Number.parseInt(await page.locator(".timeline-until").first().innerText());
    await page.locator(".timeline-run").first().waitFor();
    const day = await count();
    await page.getByRole("button", { name: "7d" }).click();
    await until("more runs", async () => await count() > day);
    await page.getByRole("button", { name: "1h" }).click();
    await until("fewer runs", async () => await count() < day);
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.waitForURL(/until=\d+/);
    await page.getByText(/^until /).waitFor();
    await page.reload();
    await page.getByText(/^until /).waitFor();
    await page.getByRole("button", { name: "Now" }).click();
    await page.getByText(/^until /).waitFor({ state: "detached" });
  });

  await test("a run begins while one looks; its bar grows until it ends", async (page) => {
    await visit(page, "/timeline?span=1h");
    await page.locator(".timeline-run").first().waitFor();
    assert.equal(await page.locator('.timeline-run[data-tone="blue"]').count(), 0);
    const id = await create(suite, "Taken by hand", null);
    await api("PATCH", `/tasks/${id}`, { status: "running" });
    const bar = page.locator('.timeline-run[data-tone="blue"]');
    await bar.waitFor();
    assert.match(await bar.getAttribute("aria-label") ?? "", /^Taken by hand, .*running, .* now$/);
    await api("PATCH", `/tasks/${id}`, { status: "done", summary: "By hand" });
    await bar.waitFor({ state: "detached" });
  });

  await test("pointing at a bar tells about it, arrows move on, Enter opens the task", async (page) => {
    await visit(page, "/timeline?span=24h");
    const bars = page.locator(".timeline-run");
    await bars.first().waitFor();
    await bars.first().hover();
    const tip = page.locator(".timeline-tip");
    await tip.waitFor();
    assert.match(await tip.innerText(), /took|now/);
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: "detached" });
    await page.locator('.timeline-run[tabindex="0"]').focus();
    const before = await heldRun(page);
    await page.keyboard.press("ArrowDown");
    await until("another run has the focus", async () => {
      const now = await heldRun(page);
      return now !== null && now !== before;
    });
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(page.url(), /\/timeline/);
  });

  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await visit(page, "/timeline");
      await page.locator(".timeline-run").first().waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: "List" }).click();
      await page.getByRole("rowheader").first().waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await test("fits a phone", async (page) => {
    await visit(page, "/timeline");
    await page.locator(".timeline-run").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });
}, { serve: "gateway" });

dashboardSuite("the activity feed", async (suite) => {
  const { api, test } = suite;

  await test("says what will be there while nothing happened", async (page) => {
    await visit(page, "/activity");
    await page.getByText("Nothing happened yet").waitFor();
    await expectAccessible(page);
    const first = await create(suite, "The very first", "writer");
    await event(page, "The very first", "Created in Ready, for writer").waitFor();
    await event(page, "The very first", "Created").getByRole("link").click();
    await page.getByRole("dialog").waitFor();
    assert.match(page.url(), new RegExp(`/task/${first}`));
  });

  const asked = await create(suite, "Which colour", "ops");
  await api("POST", `/tasks/${asked}/comments`, { body: "Blue, please" });
  await api("POST", `/tasks/${asked}/block`, { reason: "which blue?" });
  for (let index = 0; index < 120; index++) {
    await create(suite, `Number ${index}`, "researcher");
  }

  await test("one sentence per event, narrowed by kind and profile, kept in the address", async (page) => {
    await visit(page, "/activity");
    await event(page, "Number 119", "Created in Ready, for researcher").waitFor();
    await page.getByLabel("Kind").selectOption("Trouble");
    await event(page, "Which colour", "Blocked: which blue?").waitFor();
    assert.equal(await page.locator(".activity-event").count(), 1);
    await page.getByLabel("Kind").selectOption("Comments and files");
    await event(page, "Which colour", /commented/).first().waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.getByRole("button", { name: "Profile: Everybody" }).click();
    await page.getByRole("option", { name: /^ops/ }).click();
    await event(page, "Which colour", "Blocked: which blue?").waitFor();
    await until("only what ops does", async () => {
      const texts = await page.locator(".activity-event").allTextContents();
      return texts.length > 2 && texts.every((text) => text.includes("Which colour"));
    });
    await page.reload();
    await event(page, "Which colour", "Blocked: which blue?").waitFor();
    assert.match(page.url(), /profile=ops/);
  });

  await test("scrolling reaches the beginning, and only what is seen exists", async (page) => {
    await visit(page, "/activity");
    await page.locator(".activity-event").first().waitFor();
    const end = page.getByText("That is where it began");
    await until("the beginning is reached", async () => {
      await page.locator(".activity-scroller").evaluate((it) => it.scrollTo(0, it.scrollHeight));
      return await end.isVisible() && await event(page, "The very first", "Created").isVisible();
    });
    assert.ok(await page.locator(".activity-event").count() < 60);
  });

  await test("at the top new events appear; further down they wait to be shown", async (page) => {
    await visit(page, "/activity");
    await event(page, "Number 119", "Created").waitFor();
    await create(suite, "Fresh at the top", "writer");
    await event(page, "Fresh at the top", "Created").waitFor();
    const scroller = page.locator(".activity-scroller");
    await scroller.evaluate((it) => it.scrollTo(0, 900));
    await create(suite, "One more", "writer");
    await create(suite, "And another", "writer");
    await page.getByRole("button", { name: "2 new" }).click();
    await event(page, "And another", "Created").waitFor();
    assert.equal(await page.getByRole("button", { name: / new$/ }).count(), 0);
    await until("it is at the top", async () => await scroller.evaluate((it) => it.scrollTop) < 40);
  });

  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await visit(page, "/activity");
      await page.locator(".activity-event").first().waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await test("fits a phone", async (page) => {
    await visit(page, "/activity");
    await page.locator(".activity-event").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });
});

async function create(suite: Suite, title: string, assignee: string | null): Promise<string> {
  const { task } = await suite.api("POST", "/tasks", { title, assignee });
  return task.id;
}

/** Runs of the last days that nobody had the time to wait for. */
function addRuns({ office }: Suite, taskId: string): void {
  const db = new DatabaseSync(`${office.home}/kanban.db`);
  db.exec("PRAGMA busy_timeout = 5000");
  const insert = db.prepare(
    `INSERT INTO task_runs (task_id, profile, status, started_at, ended_at, outcome)
      VALUES (?, 'ops', ?, ?, ?, ?)`,
  );
  const now = Math.floor(Date.now() / 1000);
  for (let index = 0; index < 60; index++) {
    const start = now - 5_000 - index * 7_000;
    const crashed = index % 3 === 0;
    const took = 600 + (index % 5) * 2_000;
    insert.run(
      taskId,
      crashed ? "crashed" : "done",
      start,
      start + took,
      crashed ? "crashed" : "completed",
    );
  }
  db.close();
}

function event(page: Page, title: string, sentence: string | RegExp) {
  return page.locator(".activity-event").filter({ hasText: title }).filter({ hasText: sentence });
}

function heldRun(page: Page): Promise<string | null> {
  return page.evaluate("document.activeElement?.getAttribute('data-run') ?? null") as Promise<
    string | null
  >;
}
