// Owns: the story of a team at work: lanes by profile, giving work to others, many tasks at once.

import assert from "node:assert/strict";
import { until } from "../harness/program.ts";
import { dashboardSuite } from "./browser.ts";
import { atTheBoard, card, closeDrawer, column, openCard, typeTask, workTime } from "./story.ts";

dashboardSuite("the story of a fleet", async (suite) => {
  const { api } = suite;
  const found = async (search: string) =>
    (await api("GET", `/tasks?search=${encodeURIComponent(search)}`)).tasks;

  await suite.test("S-238 S-239 work typed for several profiles runs side by side, a lane for each", async (page) => {
    await atTheBoard(page);
    const work = {
      researcher: "Read the tide tables",
      writer: "Describe the pier",
      ops: "Weigh it",
    };
    for (const [assignee, title] of Object.entries(work)) {
      await typeTask(page, "Ready", `${title} rehearse:slow=6`, { assignee });
    }
    const running = column(page, "In progress");
    for (const profile of Object.keys(work)) {
      await running.getByRole("heading", { name: profile, level: 3 }).waitFor({
        timeout: workTime,
      });
    }
    await card(page, "In progress", "Describe the pier").getByText("@writer").waitFor();
    await page.getByRole("button", { name: "Assignee: Everybody" }).click();
    await page.getByRole("option", { name: "writer" }).click();
    await card(page, "In progress", "Read the tide tables").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Assignee: writer" }).click();
    await page.getByRole("option", { name: "Everybody" }).click();
    for (const title of Object.values(work)) {
      await card(page, "Done", title).waitFor({ timeout: workTime });
    }
    assert.equal(await running.locator(".card").count(), 0);
  });

  await suite.test("U-019 a task nobody took is given to somebody; one that runs is taken away and given on", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Count the gulls");
    await card(page, "Ready", "Count the gulls").getByText("needs assignee").waitFor();
    const attention = page.getByRole("region", { name: "Needs attention" });
    await attention.getByText("1 needs assignee").waitFor();
    const drawer = await openCard(page, "Count the gulls");
    await drawer.getByRole("button", { name: /^Assignee/ }).click();
    await page.getByRole("option", { name: /^ops/ }).click();
    await drawer.getByRole("region", { name: "Result", exact: true }).waitFor({
      timeout: workTime,
    });
    await closeDrawer(page);
    await attention.waitFor({ state: "detached" });

    await typeTask(page, "Ready", "Walk the shore rehearse:slow=15", { assignee: "ops" });
    await card(page, "In progress", "Walk the shore").waitFor({ timeout: workTime });
    const busy = await openCard(page, "Walk the shore");
    await busy.getByRole("region", { name: "Run under way" }).getByText("ops works on it")
      .waitFor();
    await busy.getByRole("button", { name: /^Assignee/ }).click();
    await page.getByRole("option", { name: /^writer/ }).click();
    await page.getByRole("dialog", { name: "Give it to writer?" })
      .getByRole("button", { name: "Stop and reassign" }).click();
    await busy.getByRole("region", { name: "Run under way" }).getByText("writer works on it")
      .waitFor({ timeout: workTime });
    await busy.getByRole("tab", { name: /Runs/ }).click();
    await busy.getByRole("list", { name: "Runs" }).getByText("reclaimed").waitFor();
    const [{ id }] = await found("Walk the shore");
    await api("POST", `/tasks/${id}/archive`);
  });

  await suite.test("S-243 many at once: given to one profile, raised, and archived", async (page) => {
    await atTheBoard(page);
    // Nobody starts what waits for something else.
    await typeTask(page, "Ready", "Low tide");
    for (const title of ["Rope one", "Rope two", "Rope three"]) {
      await typeTask(page, "Ready", title, { parent: "Low tide" });
      await card(page, "To do", title).waitFor();
    }
    const bar = page.getByRole("region", { name: "Selected tasks" });
    const selectAll = async () => {
      for (const title of ["Rope one", "Rope two", "Rope three"]) {
        await card(page, "To do", title).getByRole("checkbox").check();
      }
      await bar.getByText("3 selected").waitFor();
    };
    await selectAll();
    await bar.getByRole("button", { name: /^Assign/ }).click();
    await page.getByRole("option", { name: /^reviewer/ }).click();
    for (const title of ["Rope one", "Rope two", "Rope three"]) {
      await card(page, "To do", title).getByText("@reviewer").waitFor();
    }
    await selectAll();
    await bar.getByRole("button", { name: "Priority" }).click();
    await page.getByRole("menuitem", { name: "P3" }).click();
    await card(page, "To do", "Rope two").getByText("P3").waitFor();
    await selectAll();
    await bar.getByRole("button", { name: "Archive" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
    await card(page, "To do", "Rope").first().waitFor({ state: "detached" });
    await until("all are archived", async () => {
      const tasks = await api("GET", "/tasks?search=Rope&status=archived");
      return tasks.tasks.length === 3;
    });
  });
}, { serve: "gateway" });
