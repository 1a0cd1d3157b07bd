// Owns: proof of the settings in a real browser: who plans, the team, the boards, looks, notifications.

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

dashboardSuite("the settings", async (suite) => {
  const { api, test, office } = suite;

  await test("S-251 the mode: checkbox and pill always say the same", async (page) => {
    await visit(page, "/settings/orchestration");
    const mode = page.getByRole("checkbox", { name: "Orchestration mode" });
    await mode.waitFor();
    assert.equal(await mode.isChecked(), true);
    await mode.click();
    await page.getByText("Orchestration: Manual", { exact: true }).waitFor();
    assert.equal((await api("GET", "/orchestration")).auto_decompose, false);
    await page.getByText("Orchestration: Manual", { exact: true }).click();
    await until("the checkbox follows the pill", () => mode.isChecked());
    assert.equal((await api("GET", "/orchestration")).auto_decompose, true);
    await page.getByRole("checkbox", { name: "Start the tasks of a plan at once" }).click();
    await until(
      "it is kept",
      async () => (await api("GET", "/orchestration")).auto_promote_children === false,
    );
  });

  await test("S-251 who plans and who gets the rest, with the fallback named", async (page) => {
    await visit(page, "/settings/orchestration");
    const picker = page.getByRole("button", { name: /^Default assignee/ });
    assert.match(await picker.innerText(), /Fallback: default/);
    await page.getByText("Nobody is chosen: default is used.").first().waitFor();
    await picker.click();
    await page.getByPlaceholder("Default assignee…").fill("wri");
    await page.keyboard.press("Enter");
    await until(
      "writer is chosen",
      async () => (await api("GET", "/orchestration")).default_assignee === "writer",
    );
    assert.match(
      await Deno.readTextFile(join(office.home, "config.yaml")),
      /default_assignee: writer/,
    );
    await page.getByRole("button", { name: "Default assignee: writer" }).click();
    await page.getByText("Nobody: use the fallback").click();
    await until(
      "it is cleared",
      async () => (await api("GET", "/orchestration")).default_assignee === "",
    );
  });

  await test("S-251 a description is saved, generated, reviewed", async (page) => {
    await visit(page, "/settings/orchestration");
    const ops = page.getByRole("group", { name: "Description of ops" });
    const text = ops.getByRole("textbox");
    await text.fill("Keeps servers running");
    await ops.getByRole("button", { name: "Save" }).click();
    const described = async (name: string) =>
      (await api("GET", "/profiles")).profiles.find((each: { name: string }) => each.name === name);
    await until("it is stored", async () => {
      return (await described("ops")).description === "Keeps servers running";
    });
    await api("PATCH", "/profiles/ops", { description: "" });
    await page.reload();
    await ops.getByRole("button", { name: "Auto-generate" }).click();
    await ops.getByText("review", { exact: true }).waitFor();
    assert.equal((await described("ops")).description_auto, true);
    assert.notEqual(await text.inputValue(), "");
    await ops.getByRole("button", { name: "Save as reviewed" }).click();
    await ops.getByText("review", { exact: true }).waitFor({ state: "detached" });
    assert.equal((await described("ops")).description_auto, false);
  });

  await test("S-251 why no description was written stands beside it", async (page) => {
    await page.route("**/describe-auto*", (route) =>
      route.fulfill({
        json: {
          ok: false,
          profile: "ops",
          reason: "client unavailable: no model",
          description: "",
        },
      }));
    await visit(page, "/settings/orchestration");
    const ops = page.getByRole("group", { name: "Description of ops" });
    await ops.getByRole("button", { name: /Auto-generate/ }).click();
    await ops.getByRole("alert").getByText("client unavailable: no model").waitFor();
  });

  await test("the team: facts, one more from a template, one of one's own", async (page) => {
    await visit(page, "/settings/profiles");
    await page.getByText("rehearsal").first().waitFor();
    await page.getByRole("button", { name: "Install analyst" }).click();
    await page.getByText("On the team: analyst").waitFor();
    await page.locator(".profiles").getByRole("heading", { name: "analyst" }).waitFor();
    await page.getByRole("button", { name: "New profile" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Not Allowed!");
    await dialog.getByRole("button", { name: "Create profile" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Name").fill("translator");
    await dialog.getByLabel("What it is good at").fill("Translates");
    await dialog.getByRole("button", { name: "Create profile" }).click();
    await page.locator(".profiles").getByRole("heading", { name: "translator" }).waitFor();
    const names = (await api("GET", "/profiles")).profiles.map(({ name }: { name: string }) =>
      name
    );
    assert.ok(names.includes("translator") && names.includes("analyst"));
  }, { expectProblems: [/status of 4\d\d/] });

  await test("U-006 boards: made, looked at, edited, archived", async (page) => {
    await visit(page, "/");
    await page.getByRole("button", { name: /^Board:/ }).click();
    await page.getByRole("menuitem", { name: "New board…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Web site");
    await dialog.getByLabel("Default folder").fill("/no/such/folder");
    await dialog.getByRole("button", { name: "Create board" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Default folder").fill(office.home);
    await dialog.getByLabel("Icon").fill("W");
    await dialog.getByLabel("Colour").fill("teal");
    await dialog.getByRole("button", { name: "Create board" }).click();
    await page.getByRole("button", { name: "Board: Web site" }).waitFor();
    const slug = await page.evaluate(`localStorage.getItem("hermes.kanban.selectedBoard")`);
    assert.equal(slug, "web-site");
    const of = async () =>
      (await api("GET", "/boards")).boards.find(({ slug }: { slug: string }) =>
        slug === "web-site"
      );
    const made = await of();
    assert.deepEqual([made.icon, made.color, made.default_workdir], ["W", "teal", office.home]);
    await page.getByRole("button", { name: "More about Web site" }).click();
    await page.getByRole("menuitem", { name: "Edit…" }).click();
    await dialog.getByLabel("Name", { exact: true }).fill("Pages");
    await dialog.getByLabel("Default folder").fill("");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Board: Pages" }).waitFor();
    assert.equal((await of()).default_workdir, null);
    await page.getByRole("button", { name: "More about Pages" }).click();
    await page.getByRole("menuitem", { name: "Archive…" }).click();
    await dialog.getByRole("button", { name: "Archive board" }).click();
    await page.getByRole("button", { name: "Board: Default" }).waitFor();
    assert.equal(await of(), undefined);
    await page.getByText("Archived boards (1)").waitFor();
  }, { expectProblems: [/status of 4\d\d/] });

  await test("theme and density are chosen and stay", async (page) => {
    await visit(page, "/settings/appearance");
    await page.getByText("High contrast").click();
    await page.getByText("Compact").click();
    const look = () =>
      page.evaluate(
        "[document.documentElement.dataset.theme, document.documentElement.dataset.density]",
      );
    assert.deepEqual(await look(), ["contrast", "compact"]);
    await page.reload();
    assert.deepEqual(await look(), ["contrast", "compact"]);
  });

  await test("a blocked task is told outside of the page, once that is wanted", async (page) => {
    await page.context().grantPermissions(["notifications"]);
    // A browser without a window has no notifications of its own to look at.
    await page.addInitScript(`
      globalThis.told = [];
      globalThis.Notification = class {
        static permission = "granted";
        static requestPermission() { return Promise.resolve("granted"); }
        constructor(title, options) { told.push(title + " | " + options.body); }
        close() {}
      };
      Object.defineProperty(document, "hasFocus", { value: () => false });
    `);
    const told = () => page.evaluate("told") as Promise<string[]>;
    const { task: first } = await api("POST", "/tasks", { title: "Quiet one" });
    await visit(page, "/settings/notifications");
    await page.locator('.live-dot[data-state="open"]').waitFor();
    await api("POST", `/tasks/${first.id}/block`, { reason: "Not told" });
    await until("the title counts", async () => /^\(\d+\) /.test(await page.title()));
    assert.deepEqual(await told(), []);
    await page.getByRole("switch").click();
    await page.getByRole("button", { name: "Show one now" }).click();
    const { task } = await api("POST", "/tasks", { title: "Pick a colour" });
    await api("POST", `/tasks/${task.id}/block`, { reason: "Which colour?" });
    await until("it is told", async () => (await told()).length === 2);
    assert.match((await told())[1]!, /: blocked \| .*Which colour\?/);
    await page.getByRole("switch").click();
    const { task: third } = await api("POST", "/tasks", { title: "One more", assignee: "ops" });
    await api("POST", `/tasks/${third.id}/block`, { reason: "Not told either" });
    const { count } = await api("GET", "/attention");
    await until("it is counted", async () => (await page.title()).startsWith(`(${count}) `));
    assert.equal((await told()).length, 2);
  });

  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      for (const part of ["orchestration", "profiles", "boards", "appearance", "notifications"]) {
        await visit(page, `/settings/${part}`);
        await page.locator(".settings-section").first().waitFor();
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
        await expectAccessible(page);
      }
    }, { theme });
  }

  await test("fits a phone, with room for thumbs", async (page) => {
    for (const part of ["orchestration", "profiles", "boards", "appearance", "notifications"]) {
      await visit(page, `/settings/${part}`);
      await page.locator(".settings-section").first().waitFor();
      const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
      assert.equal(wide, false, part);
    }
    const small = await page.evaluate(`[...document.querySelectorAll(".rail-link, .header .button")]
      .filter((each) => each.getClientRects().length > 0)
      .map((each) => each.getBoundingClientRect())
      .filter(({ width, height }) => width < 44 || height < 44).length`);
    assert.equal(small, 0);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });
});
