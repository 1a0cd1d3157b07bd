// Owns: the story of somebody alone with a rough idea, in a real browser with real workers.

import assert from "node:assert/strict";
import { dashboardSuite } from "./browser.ts";
import { atTheBoard, card, closeDrawer, column, openCard, typeTask, workTime } from "./story.ts";

const idea = "A small static site about tides";

dashboardSuite("the story of a rough idea", async (suite) => {
  await suite.test("S-121 S-136 S-138 it is typed into Triage, split, worked on and judged, all of it seen on the board", async (page) => {
    await atTheBoard(page);
    await typeTask(page, "Triage", idea);
    // The gateway plans it by itself: the root waits, its first children go to work.
    await card(page, "To do", idea).waitFor({ timeout: workTime });
    await card(page, "To do", idea).getByText(/^\d\/4$/).waitFor();
    await column(page, "In progress").locator(".card").first().waitFor({ timeout: workTime });
    await card(page, "Done", idea).waitFor({ timeout: workTime });
    await card(page, "Done", idea).getByText("4/4").waitFor();
    assert.equal(await column(page, "Done").locator(".card").count(), 5);
    assert.equal(await page.getByRole("region", { name: "Needs attention" }).count(), 0);

    const drawer = await openCard(page, idea);
    const result = drawer.getByRole("region", { name: "Result", exact: true });
    await result.getByText(/page|site/i).first().waitFor();
    await drawer.getByRole("tab", { name: /Runs/ }).click();
    await drawer.getByRole("list", { name: "Runs" }).getByText("completed").waitFor();
    const handed = drawer.getByRole("region", { name: "Handed to it" });
    assert.equal(await handed.locator("details").count(), 4);
    await drawer.getByRole("button", { name: "Show its graph" }).click();
    await page.waitForURL(/\/graph\//);
    await page.locator("main").getByText("Write the tides page").first().waitFor();
  });

  await suite.test("S-143 R-12 in Manual a plan is proposed, changed by a person, approved, and then worked off", async (page) => {
    await atTheBoard(page);
    await page.getByText("Orchestration: Auto", { exact: true }).click();
    await page.getByText("Orchestration: Manual", { exact: true }).waitFor();
    const title = "Sort the photographs of the harbour";
    await typeTask(page, "Triage", title);
    const drawer = await openCard(page, title);
    await drawer.getByRole("button", { name: "Decompose" }).click();
    await page.waitForURL(/\/plan\//);
    await page.getByText("3 tasks proposed").waitFor({ timeout: workTime });
    const { tasks } = await suite.api("GET", "/tasks?search=photographs");
    assert.equal(tasks.length, 1, "nothing is created before somebody approves");

    const review = page.getByRole("article").filter({
      has: page.locator(`input[value="Review: ${title}"]`),
    });
    await review.getByRole("textbox").first().fill("Look at every tenth photograph");
    await page.getByText(/3 tasks proposed · Saved/).waitFor();
    await page.getByRole("button", { name: "Approve" }).click();
    await page.waitForURL(/\/graph\//);
    await page.getByRole("link", { name: "Board" }).click();
    await card(page, "Done", "Look at every tenth photograph").waitFor({ timeout: workTime });
    await card(page, "Done", title).getByText("3/3").waitFor({ timeout: workTime });
    await page.getByText("Orchestration: Manual", { exact: true }).click();
    await page.getByText("Orchestration: Auto", { exact: true }).waitFor();
  });

  await suite.test("S-145 Specify makes one clear task of an idea, and somebody does it", async (page) => {
    await atTheBoard(page);
    await page.getByText("Orchestration: Auto", { exact: true }).click();
    await page.getByText("Orchestration: Manual", { exact: true }).waitFor();
    await typeTask(page, "Triage", "Label the jars", { assignee: "writer" });
    const drawer = await openCard(page, "Label the jars");
    await drawer.getByRole("button", { name: "Specify" }).click();
    const specified = page.getByRole("dialog", { name: "Deliver: Label the jars" });
    await specified.getByText("Acceptance criteria:").waitFor({ timeout: workTime });
    // The worker ends while its drawer is open.
    await specified.getByRole("region", { name: "Result", exact: true })
      .waitFor({ timeout: workTime });
    await specified.getByRole("button", { name: "Archive" }).waitFor();
    await closeDrawer(page);
    await card(page, "Done", "Deliver: Label the jars").waitFor();
  });
}, { serve: "gateway", delayMs: 400 });
