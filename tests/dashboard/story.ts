// Owns: what a person does on the board, in words: used by the user stories.

import type { Locator, Page } from "playwright-core";
import { visit } from "./browser.ts";

/** Milliseconds real workers may take on a busy machine. */
export const workTime = 60_000;

/** The column with this name, as a person sees it. */
export function column(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** The card with this title in a column. */
export function card(page: Page, inColumn: string, title: string): Locator {
  return column(page, inColumn).locator(".card").filter({ hasText: title });
}

/** Types a task into the short form of a column; the form stays open for the next one. */
export async function typeTask(
  page: Page,
  inColumn: string,
  title: string,
  more: { assignee?: string; parent?: string } = {},
): Promise<void> {
  const form = page.getByRole("form", { name: `New task in ${inColumn}` });
  if (!await form.isVisible()) {
    await page.getByRole("button", { name: `New task in ${inColumn}` }).click();
  }
  await form.getByLabel("Title").fill(title);
  if (more.assignee !== undefined) {
    await form.getByRole("button", { name: /^Assignee/ }).click();
    await page.getByRole("option", { name: new RegExp(`^${more.assignee}`) }).click();
  }
  if (more.parent !== undefined) {
    await form.getByRole("button", { name: /^Parent/ }).click();
    await page.getByPlaceholder("Parent…").fill(more.parent);
    await page.getByRole("option", { name: more.parent }).click();
  }
  await form.getByRole("button", { name: "Create" }).click();
  await page.locator(".card").filter({ hasText: title }).first().waitFor();
}

/** Opens the task of a card and returns its drawer. */
export async function openCard(page: Page, title: string): Promise<Locator> {
  await page.getByRole("link", { name: title }).first().click();
  const drawer = page.getByRole("dialog", { name: title });
  await drawer.getByRole("group", { name: "Change the status" }).waitFor();
  return drawer;
}

/** Closes the drawer that is open. */
export async function closeDrawer(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** The board, with all that is on it. */
export async function atTheBoard(page: Page): Promise<void> {
  await visit(page, "/");
  await column(page, "Ready").waitFor();
}
