// Owns: proof of the command palette and the keys in a real browser, without a mouse.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

dashboardSuite("the palette and the keys", async (suite) => {
  const { api, test } = suite;
  const create = async (title: string, more: Record<string, unknown> = {}) =>
    (await api("POST", "/tasks", { title, ...more })).task.id as string;
  const task = async (id: string) => (await api("GET", `/tasks/${id}`)).task;
  const tides = await create("Write the tides page", { assignee: "writer" });
  const colour = await create("Pick a colour", { assignee: "ops" });
  await create("A rough idea about boats", { triage: true });

  const board = async (page: Page) => {
    await visit(page, "/");
    await page.locator(`[data-card="${tides}"]`).waitFor();
  };
  const palette = async (page: Page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
  };
  const onCard = (page: Page, id: string) => page.locator(`[data-card="${id}"] a`).focus();

  await test("a task is found by some of its letters and opened", async (page) => {
    await board(page);
    await palette(page);
    await page.keyboard.type("wrtides");
    await page.getByRole("option", { name: /Write the tides page/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/task/${tides}*`);
    await page.getByRole("dialog", { name: "Write the tides page" }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/(\?.*)?$/);
    await palette(page);
    await page.getByText("Recent tasks").waitFor();
    await page.getByRole("option", { name: /Write the tides page/ }).waitFor();
  });

  await test("what only the server knows is found, too", async (page) => {
    await create("Plain title", { body: "speaks of zebrafish" });
    await board(page);
    await palette(page);
    await page.keyboard.type("zebrafish");
    await page.getByRole("option", { name: /Plain title/ }).waitFor();
  });

  await test("the task in hand is assigned and moved without a mouse", async (page) => {
    await board(page);
    await onCard(page, colour);
    await page.keyboard.press("a");
    await page.getByPlaceholder("Assign the task to…").waitFor();
    await page.keyboard.type("reviewer");
    await page.keyboard.press("Enter");
    await until("it is assigned", async () => (await task(colour)).assignee === "reviewer");
    await page.getByText("“Pick a colour”: assigned to reviewer").waitFor();
    await onCard(page, colour);
    await page.keyboard.press("m");
    await page.keyboard.type("blocked");
    await page.keyboard.press("Enter");
    await page.getByLabel("What it waits for").fill("Which one?");
    await page.getByRole("button", { name: "Block", exact: true }).press("Enter");
    await until("it is blocked", async () => (await task(colour)).status === "blocked");
    await page.locator('[data-column="blocked"]').getByText("Pick a colour").waitFor();
    await page.keyboard.press("u");
    await until("it is taken back", async () => (await task(colour)).status === "ready");
  });

  await test("what finds nothing becomes an idea", async (page) => {
    await board(page);
    await palette(page);
    await page.keyboard.type("qqxx boats");
    await page.keyboard.press("Enter");
    await page.locator('[data-column="triage"]').getByText("qqxx boats").waitFor();
    await onCard(page, tides);
    await page.keyboard.press("a");
    await page.keyboard.type("nobodyknows");
    await page.getByRole("option", { name: "Nothing found for “nobodyknows”" }).waitFor();
    await expectAccessible(page);
  });

  await test("several selected tasks are moved at once", async (page) => {
    await board(page);
    await onCard(page, tides);
    await page.keyboard.press("x");
    await onCard(page, colour);
    await page.keyboard.press("x");
    await page.keyboard.press("m");
    await page.getByPlaceholder("Move 2 tasks to…").waitFor();
    await page.keyboard.type("to do");
    await page.keyboard.press("Enter");
    await until("both are moved", async () => {
      return (await task(tides)).status === "todo" && (await task(colour)).status === "todo";
    });
  });

  await test("commands: pages, mode, theme, board, undo", async (page) => {
    await api("POST", "/boards", { slug: "side", name: "Side project" });
    await board(page);
    const say = async (words: string) => {
      await palette(page);
      await page.keyboard.type(words);
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("Enter");
    };
    await say("usage");
    await page.waitForURL("**/usage");
    await say("orchestration: switch");
    await page.getByText("Orchestration: Manual", { exact: true }).waitFor();
    await say("theme: light");
    assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "light");
    await say("switch to side");
    await page.getByRole("button", { name: "Board: Side project" }).waitFor();
    await say("new idea");
    await page.getByRole("dialog", { name: "New task in Triage" }).waitFor();
    await page.keyboard.press("Escape");
    await say("keyboard short");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await say("connect");
    await page.waitForURL("**/welcome");
  });

  await test("keys go places, and typing never does", async (page) => {
    await board(page);
    for (const [keys, path] of [["gg", "/graph"], ["gu", "/usage"], ["gs", "/settings"]] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForURL(`**${path}`);
    }
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.locator(`[data-card="${tides}"]`).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("gu?cxm");
    assert.equal(await page.locator("#board-search").inputValue(), "gu?cxm");
    assert.doesNotMatch(page.url(), /usage|new=/);
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: /^New task/ }).waitFor();
    await page.keyboard.type("gu?");
    assert.equal(await page.getByRole("textbox", { name: "Title" }).inputValue(), "gu?");
    assert.doesNotMatch(page.url(), /usage/);
  });

  await test("j, k, h and l move over the board, e edits the title", async (page) => {
    await board(page);
    const focused = () =>
      page.evaluate(`document.activeElement.closest("[data-card]")?.dataset.card`);
    await page.keyboard.press("j");
    const first = await focused();
    assert.ok(first, "the first card has the focus");
    await page.keyboard.press("l");
    const beside = await focused();
    assert.notEqual(beside, first);
    await page.keyboard.press("h");
    assert.equal(await focused(), first);
    await onCard(page, tides);
    await page.keyboard.press("e");
    const title = page.getByRole("textbox", { name: "Title" });
    await title.fill("Write the page about tides");
    await title.press("Enter");
    await until("it is named anew", async () => {
      return (await task(tides)).title === "Write the page about tides";
    });
  });

  await test("a step back with Escape, away with a second", async (page) => {
    await board(page);
    await palette(page);
    await page.keyboard.type("switch board");
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Switch to board…").waitFor();
    await page.keyboard.press("Escape");
    await page.getByPlaceholder("Find a task or a command…").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await test("every key of the sheet is there, each once", async (page) => {
    await board(page);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    const text = await sheet.innerText();
    for (const words of ["New task", "Assign…", "Move…", "Search", "Timeline", "Activity"]) {
      assert.ok(text.includes(words), words);
    }
  });

  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await board(page);
      await onCard(page, colour);
      await palette(page);
      await expectAccessible(page);
      await page.keyboard.type("zzzzqq");
      await page.getByRole("option", { name: "Put “zzzzqq” into Triage" }).waitFor();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await test("a thumb finds it on a phone", async (page) => {
    await board(page);
    await page.getByRole("button", { name: "Commands and search" }).tap();
    await page.getByRole("option", { name: "Nudge dispatcher" }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });
});
