// Owns: the graph page in a real browser.

import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, type Suite, visit } from "./browser.ts";

dashboardSuite("the graph page", async (suite) => {
  const { api, test } = suite;

  await test("teaches what it will show while no task waits for another", async (page) => {
    const alone = await create(suite, "Alone", []);
    await visit(page, "/graph");
    await page.getByText("No task waits for another").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Show 1 task without links" }).click();
    await node(page, alone).waitFor();
    assert.match(page.url(), /alone=1/);
    await api("PATCH", `/tasks/${alone}`, { status: "archived" });
  });

  const facts = await create(suite, "Collect facts", []);
  const layout = await create(suite, "Prepare the layout", []);
  const write = await create(suite, "Write the page", [facts, layout]);
  const review = await create(suite, "Review the page", [write, facts]);
  const other = await create(suite, "Something else", []);
  const beside = await create(suite, "After something else", [other]);
  const all = [facts, layout, write, review, other, beside];

  await test("draws tasks from left to right after what they wait for, without implied links", async (page) => {
    await visit(page, "/graph");
    for (const id of all) await node(page, id).waitFor();
    const [a, b, c] = [await box(page, facts), await box(page, write), await box(page, review)];
    assert.ok(a.x + a.width < b.x && b.x + b.width < c.x, JSON.stringify([a, b, c]));
    const lines = page.locator(".flow-line");
    // Review waits for the facts too, which its way through writing says already.
    await until("four lines are drawn", async () => await lines.count() === 4);
    const name = (await node(page, write).textContent())?.replace(/\s+/g, " ");
    assert.equal(name, "Write the pageTo do@writerwaits for 2");
    await page.getByRole("button", { name: "Left to right" }).click();
    await until("it is drawn downwards", async () => {
      const [a, b] = [await box(page, facts), await box(page, write)];
      return a.y + a.height < b.y;
    });
    assert.match(page.url(), /to=down/);
  });

  await test("a status changes colour while one looks, and done tasks can be left out", async (page) => {
    await visit(page, "/graph");
    await node(page, other).waitFor();
    const status = page.locator(`[data-node="${other}"] .graph-node`);
    assert.equal(await status.getAttribute("data-status"), "ready");
    await api("PATCH", `/tasks/${other}`, { status: "done", summary: "Done" });
    await until(
      "it is drawn as done",
      async () => await status.getAttribute("data-status") === "done",
    );
    const next = page.locator(`[data-node="${beside}"] .graph-node`);
    await until(
      "what waited is ready",
      async () => await next.getAttribute("data-status") === "ready",
    );
    await page.getByRole("button", { name: "Hide done" }).click();
    await node(page, other).waitFor({ state: "detached" });
    assert.equal(await node(page, beside).count(), 0, "it waits for nothing any more");
    await node(page, write).waitFor();
  });

  await test("around one task only what is connected is drawn; another is chosen by searching", async (page) => {
    await visit(page, `/graph/${write}`);
    await node(page, review).waitFor();
    assert.equal(await node(page, beside).count(), 0);
    await page.getByRole("button", { name: "Graph of: Write the page" }).click();
    await page.getByPlaceholder("Graph of…").fill("After something");
    await page.getByRole("option", { name: /After something else/ }).click();
    await node(page, beside).waitFor();
    assert.equal(await node(page, review).count(), 0);
    assert.match(page.url(), new RegExp(`/graph/${beside}`));
  });

  await test("the critical path stands out", async (page) => {
    await visit(page, "/graph");
    await node(page, write).waitFor();
    await page.getByRole("button", { name: "Critical path" }).click();
    await page.locator(`[data-node="${review}"] [data-chain="on"]`).waitFor();
    await page.locator(`[data-node="${beside}"] [data-chain="off"]`).waitFor();
    const strong = page.locator(".flow-line-strong");
    await until("the chain has two lines", async () => await strong.count() === 2);
    await page.getByText("critical path of 3").waitFor();
  });

  await test("arrows move between tasks, Enter or a click opens one, Escape comes back to it", async (page) => {
    await visit(page, `/graph/${facts}`);
    await node(page, facts).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), write);
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), review);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(page), write);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    assert.match(page.url(), new RegExp(`/task/${write}`));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(page.url(), new RegExp(`/graph/${facts}`));
    await until("the task has the focus again", async () => await focused(page) === write);
    await node(page, review).click();
    await page.getByRole("dialog").waitFor();
    assert.match(page.url(), new RegExp(`/task/${review}`));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await node(page, facts).focus();
    await page.keyboard.press("Home");
    assert.equal(await page.locator('.flow-node[tabindex="0"]').count(), 1);
  });

  await test("dragging pans, the wheel zooms, F shows all of it", async (page) => {
    await visit(page, "/graph");
    await node(page, facts).waitFor();
    await until("it lies still", async () => (await box(page, facts)).width > 100);
    const before = await box(page, facts);
    await page.mouse.move(700, 800);
    await page.mouse.down();
    await page.mouse.move(760, 760, { steps: 4 });
    await page.mouse.up();
    await until("it moved", async () => Math.abs((await box(page, facts)).x - before.x - 60) < 3);
    await page.mouse.wheel(0, 400);
    await until("it is smaller", async () => (await box(page, facts)).width < before.width - 10);
    await node(page, facts).focus();
    await page.keyboard.press("f");
    await until("it is as before", async () => Math.abs((await box(page, facts)).x - before.x) < 3);
  });

  await test("the same as words", async (page) => {
    await visit(page, "/graph");
    await page.getByRole("button", { name: "List" }).click();
    const list = page.getByRole("list", { name: "Tasks, parents before children" });
    const row = list.getByRole("listitem").filter({ hasText: "waits for" })
      .filter({ has: page.getByRole("link", { name: "Write the page", exact: true }) }).first();
    assert.match((await row.innerText()).replace(/\s+/g, " "), /To do · @writer/);
    await row.getByRole("link").first().click();
    await page.getByRole("dialog").waitFor();
  });

  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await visit(page, "/graph?critical=1");
      await node(page, write).waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: "List" }).click();
      await page.getByRole("list", { name: "Tasks, parents before children" }).waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await test("fits a phone", async (page) => {
    await visit(page, "/graph");
    await node(page, facts).waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });

  await test("a thousand tasks are drawn, but only those in sight exist", async (page) => {
    const roots: string[] = [];
    for (let index = 0; index < 40; index++) roots.push(await create(suite, `Root ${index}`, []));
    const rows: string[][] = [roots];
    for (let rank = 1; rank < 25; rank++) {
      const before = rows[rank - 1]!;
      rows.push(
        await Promise.all(
          before.map((_, index) =>
            create(suite, `Task ${rank}.${index}`, [before[index]!, before[(index + 1) % 40]!])
          ),
        ),
      );
    }
    await visit(page, "/graph");
    await page.locator(".flow-node").first().waitFor();
    await page.getByText(/^1,00\d tasks/).waitFor();
    await page.locator(".flow").focus();
    await page.keyboard.press("ArrowRight");
    await until("a task has the focus", async () => await focused(page) !== null);
    // At a size one can read, few of them are in sight.
    await page.keyboard.press("End");
    await until("few nodes exist", async () => {
      const count = await page.locator(".flow-node").count();
      return count > 0 && count < 400;
    });
    const before = await page.evaluate("performance.now()") as number;
    for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowLeft");
    await until("the focus is on a task", async () => await focused(page) !== null);
    const took = await page.evaluate("performance.now()") as number - before;
    if (Deno.env.get("HERMES_TEST_FIGURES")) console.log(`20 steps: ${Math.round(took)} ms`);
  });
});

function node(page: Page, id: string) {
  return page.locator(`[data-node="${id}"]`);
}

async function box(page: Page, id: string) {
  const found = await node(page, id).boundingBox();
  assert.ok(found, `${id} is not drawn`);
  return found;
}

/** Id of the task whose node has the focus. */
async function focused(page: Page): Promise<string | null> {
  return await page.evaluate("document.activeElement?.getAttribute('data-node') ?? null") as
    | string
    | null;
}

async function create(suite: Suite, title: string, parents: readonly string[]): Promise<string> {
  const { task } = await suite.api("POST", "/tasks", { title, assignee: "writer", parents });
  return task.id;
}
