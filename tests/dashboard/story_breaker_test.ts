// Owns: the story of workers that crash: tried again, given up, and taken up again by a person.

import assert from "node:assert/strict";
import { dashboardSuite } from "./browser.ts";
import { atTheBoard, card, closeDrawer, openCard, typeTask, workTime } from "./story.ts";

dashboardSuite("the story of the circuit breaker", async (suite) => {
  await suite.test("U-026 S-105 crashes in a row end in giving up; the strip says so, and a person starts it anew", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Sail in a storm rehearse:crash=2", { assignee: "ops" });
    await card(page, "Blocked", "Sail in a storm").waitFor({ timeout: workTime });
    const attention = page.getByRole("region", { name: "Needs attention" });
    await attention.getByText("1 gave up").waitFor();
    await attention.getByRole("button", { name: "1 needs you" }).click();
    await attention.getByRole("button", { name: /gave up.*Sail in a storm/ }).click();
    const drawer = page.getByRole("dialog", { name: /Sail in a storm/ });
    await drawer.getByRole("tab", { name: /Runs/ }).click();
    const runs = drawer.getByRole("list", { name: "Runs" });
    await runs.getByText("gave up", { exact: true }).waitFor();
    await runs.getByText("crashed", { exact: true }).waitFor();
    await drawer.getByRole("group", { name: "Change the status" })
      .getByRole("button", { name: "Unblock" }).click();
    await runs.getByText("completed", { exact: true }).waitFor({ timeout: workTime });
    await closeDrawer(page);
    await card(page, "Done", "Sail in a storm").waitFor();
    await attention.waitFor({ state: "detached" });
  });

  await suite.test("S-099 a worker that is killed is noticed, and another one takes the task", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Hold the line rehearse:slow=4", { assignee: "writer" });
    await card(page, "In progress", "Hold the line").waitFor({ timeout: workTime });
    const drawer = await openCard(page, "Hold the line");
    const under = drawer.getByRole("region", { name: "Run under way" });
    await under.getByText("writer works on it").waitFor();
    const first = await under.getByText(/^#\d+$/).innerText();
    const { workers } = await suite.api("GET", "/workers/active");
    assert.equal(workers.length, 1);
    Deno.kill(workers[0].worker_pid, "SIGKILL");
    await under.getByText(first, { exact: true }).waitFor({ state: "detached" });
    await drawer.getByRole("region", { name: "Result", exact: true }).waitFor({
      timeout: workTime,
    });
    await drawer.getByRole("tab", { name: /Runs/ }).click();
    const rows = drawer.getByRole("list", { name: "Runs" }).getByRole("listitem");
    assert.match(await rows.nth(0).innerText(), /completed/);
    assert.match(await rows.nth(1).innerText(), /crashed/);
  });

  await suite.test("U-066 a worker that goes on for ever is stopped by hand from the drawer", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Row in circles rehearse:slow=20", { assignee: "ops" });
    await card(page, "In progress", "Row in circles").waitFor({ timeout: workTime });
    const drawer = await openCard(page, "Row in circles");
    const under = drawer.getByRole("region", { name: "Run under way" });
    await under.getByRole("button", { name: "Watch the log" }).click();
    await drawer.getByRole("log").getByText(/round 1 of 20/).waitFor({ timeout: workTime });
    await drawer.getByRole("group", { name: "Change the status" })
      .getByRole("button", { name: "Block", exact: true }).click();
    const question = page.getByRole("dialog", { name: "Block this task?" });
    await question.getByLabel("Reason").fill("It leads nowhere");
    await question.getByRole("button", { name: "Block" }).click();
    await under.waitFor({ state: "detached" });
    await drawer.getByText("It leads nowhere").first().waitFor();
    assert.equal((await suite.api("GET", "/workers/active")).count, 0);
  });
}, { serve: "gateway", config: "kanban:\n  failure_limit: 2\n" });
