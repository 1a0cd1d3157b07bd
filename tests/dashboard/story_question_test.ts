// Owns: the story of work in steps, in which one step asks a person and another fails at first.

import assert from "node:assert/strict";
import { dashboardSuite } from "./browser.ts";
import { atTheBoard, card, closeDrawer, openCard, typeTask, workTime } from "./story.ts";

dashboardSuite("the story of a pipeline", async (suite) => {
  await suite.test("S-177 P-024 P-025 a step asks a person, is answered in the drawer, and the next step follows", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Paint the page rehearse:block", { assignee: "writer" });
    await typeTask(page, "Ready", "Hang it up", { assignee: "ops", parent: "Paint the page" });
    await card(page, "To do", "Hang it up").waitFor();

    await card(page, "Blocked", "Paint the page").waitFor({ timeout: workTime });
    const attention = page.getByRole("region", { name: "Needs attention" });
    await attention.getByRole("button", { name: "1 needs you" }).click();
    await attention.getByRole("button", { name: /which colour should the page have/ }).click();
    const drawer = page.getByRole("dialog", { name: /Paint the page/ });
    const why = drawer.getByRole("region", { name: "Why is this waiting?" });
    await why.getByText(/which colour should the page have/).waitFor();
    await why.getByRole("button", { name: "Answer" }).click();
    await page.keyboard.type("Blue, as the sea is.");
    await page.keyboard.press("Enter");
    await drawer.getByRole("list", { name: "Comments" }).getByText("Blue, as the sea is.")
      .waitFor();
    await drawer.getByRole("group", { name: "Change the status" })
      .getByRole("button", { name: "Unblock" }).click();

    // A worker takes it and ends while the drawer is open.
    await drawer.getByRole("region", { name: "Result", exact: true }).waitFor({
      timeout: workTime,
    });
    await drawer.getByRole("tab", { name: /Runs/ }).click();
    const runs = drawer.getByRole("list", { name: "Runs" });
    await runs.getByText("completed", { exact: true }).waitFor();
    await runs.getByText("blocked", { exact: true }).waitFor();
    await closeDrawer(page);
    await card(page, "Done", "Hang it up").waitFor({ timeout: workTime });
    assert.equal(await attention.count(), 0);
  });

  await suite.test("S-245 a failed attempt and the one that succeeded are told apart in the history", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Ready", "Leave and come back rehearse:quit-once", { assignee: "ops" });
    await card(page, "Done", "Leave and come back").waitFor({ timeout: workTime });
    const drawer = await openCard(page, "Leave and come back");
    await drawer.getByRole("tab", { name: /Runs/ }).click();
    const rows = drawer.getByRole("list", { name: "Runs" }).getByRole("listitem");
    await rows.nth(1).waitFor();
    // The newest comes first.
    assert.match(await rows.nth(0).innerText(), /completed/);
    assert.match(await rows.nth(1).innerText(), /protocol violation/);
    await rows.nth(0).getByRole("button", { name: "Transcript" }).click();
    await rows.nth(0).getByText("kanban_complete", { exact: true }).waitFor();
    await drawer.getByRole("tab", { name: "Worker log" }).click();
    await drawer.getByRole("log").getByText(/working on task/).first().waitFor();
    await drawer.getByRole("tab", { name: "Events" }).click();
    await drawer.getByRole("list", { name: "Events" }).getByRole("listitem").nth(4).waitFor();
  });
}, { serve: "gateway" });
