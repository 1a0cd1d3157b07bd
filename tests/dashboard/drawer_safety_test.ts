// Owns: proof that the drawer carries whatever people and workers write: hostile, endless, in any script.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

const attack = `<img src=x onerror="alert(1)"><script>alert(2)</script>` +
  `[click](javascript:alert(3)) [data](data:text/html,<script>alert(4)</script>) ` +
  `<a href="javascript:alert(5)">raw</a> ![i](https://evil.example/pixel.png) ` +
  `[good](https://example.org/) <svg onload=alert(6)> "><iframe src=//evil.example>`;

dashboardSuite("the drawer and what is written into it", async (suite) => {
  const { office, api } = suite;

  await suite.test("S-247 P-082 stored scripts in every text stay words", async (page) => {
    const parent = await poisoned(suite.api);
    const child = (await api("POST", "/tasks", { title: attack, parents: [parent] })).task.id;
    await api("POST", `/tasks/${child}/comments`, { body: attack, author: attack.slice(0, 60) });
    for (const id of [parent, child]) {
      const drawer = await shownIn(page, id);
      await drawer.getByRole("link", { name: "good", exact: true }).first().waitFor();
      for (const tab of ["Comments", "Runs", "Worker log", "Events"]) {
        await drawer.getByRole("tab", { name: tab }).click();
        const metadata = drawer.getByRole("button", { name: "Metadata" });
        if (await metadata.count() > 0) await metadata.first().click();
        assert.deepEqual(await dangers(page), [], `${tab} of ${id}`);
      }
      for (const fold of await drawer.locator("details > summary").all()) await fold.click();
      assert.deepEqual(await dangers(page), []);
    }
    const link = page.getByRole("dialog").getByRole("link", { name: "good", exact: true }).first();
    assert.equal(await link.getAttribute("target"), "_blank");
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
  });

  await suite.test(
    "long words, other scripts and 100 kB do not break the layout",
    async (_page, open) => {
      const word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6);
      const title = `${word} 日本語の長い題名 שלום עולם`;
      const body = `# ${word}\n\n${"Many words, and then some more of them. ".repeat(2600)}\n\n| ${
        "column | ".repeat(30)
      }\n|${"---|".repeat(30)}\n`;
      const path = `/tmp/${"deep".repeat(60)}/folder`;
      const { id } = (await api("POST", "/tasks", {
        title,
        body,
        tenant: word.slice(0, 60),
        skills: [word.slice(0, 60), "short"],
        workspace_kind: "dir",
        workspace_path: path,
      })).task;
      await api("POST", "/tasks", { title: `${word} child`, parents: [id] });
      await api("POST", `/tasks/${id}/comments`, { body: `${word}${word}\n\n\`${word}\`` });
      for (const width of [360, 768, 1440]) {
        const page = await open({ width, height: 740, touch: width === 360 });
        const drawer = await shownIn(page, id);
        await drawer.getByRole("button", { name: "Show all" }).first().waitFor();
        const overflow = await page.evaluate(`(() => {
        const box = document.querySelector(".drawer-scroll");
        const panel = document.querySelector(".drawer").getBoundingClientRect();
        return [box.scrollWidth - box.clientWidth, Math.round(panel.right - innerWidth),
          Math.round(panel.left)];
      })()`) as number[];
        assert.deepEqual(overflow.slice(0, 2), [0, 0], `at ${width} px`);
        if (width < 960) assert.equal(overflow[2], 0, "it covers a narrow screen");
        if (width === 360) {
          const head = await page.evaluate(`(() => {
          const boxes = [...document.querySelector(".drawer-head").children]
            .map((child) => child.getBoundingClientRect()).filter(({ width }) => width > 0);
          return boxes.every((box, at) => at === 0 || box.left >= boxes[at - 1].right - 1);
        })()`);
          assert.equal(head, true, "nothing in the head lies over another thing");
        }
        await drawer.getByRole("button", { name: "Show all" }).first().click();
        await drawer.getByRole("button", { name: "Show less" }).first().waitFor();
      }
    },
  );

  const { done, idea, running } = await furnish();
  for (const theme of everyTheme) {
    await suite.test(`nothing is in the way of anybody, ${theme}`, async (page) => {
      for (const id of [done, idea, running]) {
        const drawer = await shownIn(page, id);
        await expectAccessible(page);
        for (const tab of ["Runs", "Worker log", "Events"]) {
          await drawer.getByRole("tab", { name: tab }).click();
          await expectAccessible(page, ".drawer");
        }
      }
      const drawer = page.getByRole("dialog");
      await drawer.getByRole("region", { name: "Description" })
        .getByRole("button", { name: "Edit" }).click();
      await drawer.getByRole("button", { name: "Edit model" }).click();
      await expectAccessible(page, ".drawer");
      await drawer.getByRole("button", { name: "Block" }).click();
      await page.getByRole("dialog", { name: "Block this task?" }).waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await suite.test("S-247 where rendering is off, texts are shown as they were written", async (page) => {
    await Deno.writeTextFile(
      `${office.home}/config.yaml`,
      "dashboard:\n  kanban:\n    render_markdown: false\n",
    );
    const { id } = (await api("POST", "/tasks", { title: "Plain", body: "**stars** stay" })).task;
    const drawer = await shownIn(page, id);
    await drawer.getByText("**stars** stay").waitFor();
  });

  /** A task that is done, an idea, and one in work, with something of everything around them. */
  async function furnish() {
    const done = await office.create(
      "Lay the ground",
      "--assignee",
      "writer",
      "--body",
      "# Why\n\nA `reason`.",
    );
    await api("POST", `/tasks/${done}/comments`, { body: "Good." });
    const form = new FormData();
    form.append("file", new File(["x"], "plan.txt"));
    const answer = await fetch(`${suite.url}/api/plugins/kanban/tasks/${done}/attachments`, {
      method: "POST",
      headers: { authorization: `Bearer ${suite.token}` },
      body: form,
    });
    await answer.body?.cancel();
    await api("POST", `/tasks/${done}/complete`, {
      summary: "Laid.",
      result: "42 stones",
      metadata: { stones: 42 },
    });
    const idea = await office.create("An idea", "--triage");
    const running = await office.create("Build", "--parent", done);
    await api("PATCH", `/tasks/${running}`, { status: "running" });
    return { done, idea, running };
  }
});

/** A completed task with the attack in everything that takes text. Returns its id. */
async function poisoned(
  // deno-lint-ignore no-explicit-any -- as the suite gives it
  api: (method: string, path: string, body?: unknown) => Promise<any>,
): Promise<string> {
  const { id } = (await api("POST", "/tasks", {
    title: attack,
    body: attack,
    assignee: "evil",
    tenant: attack.slice(0, 60),
    skills: [`<b onclick=alert(1)>`],
  })).task;
  await api("POST", `/tasks/${id}/comments`, { body: attack, author: "<script>alert(1)</script>" });
  await api("POST", `/tasks/${id}/block`, { reason: attack });
  await api("POST", `/tasks/${id}/unblock`);
  await api("POST", `/tasks/${id}/complete`, {
    summary: attack,
    result: `${attack} result`,
    metadata: { [attack]: attack },
  });
  const log = await api("GET", `/tasks/${id}/log`);
  await Deno.mkdir(log.path.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(log.path, `${attack}\n`);
  return id;
}

/** Everything in the drawer that could run something or ask another host. */
function dangers(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll(".drawer *")].filter((element) =>
    ["SCRIPT", "IFRAME", "IMG", "OBJECT", "EMBED"].includes(element.tagName) ||
    element.getAttributeNames().some((name) => name.startsWith("on")) ||
    /^(javascript|data|vbscript):/i.test(element.getAttribute("href") ?? "")
  ).map((element) => element.outerHTML)`);
}

async function shownIn(page: Page, id: string) {
  await visit(page, `/task/${id}`);
  const drawer = page.getByRole("dialog");
  await drawer.locator(".drawer-grid").waitFor();
  return drawer;
}
