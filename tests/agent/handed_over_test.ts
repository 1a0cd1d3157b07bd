// Owns: proof of what a worker reads and attaches besides its workspace: what was handed over, and nothing else.

import assert from "node:assert/strict";
import { join } from "node:path";
import { workerBoard } from "../../src/agent/kanban_board.ts";
import { type AgentTool, callTool } from "../../src/agent/tool.ts";
import { workspaceTools } from "../../src/agent/tools/workspace_tools.ts";
import { attachFile, getAttachments } from "../../src/kernel/attachments.ts";
import { mustCommand } from "../../src/kernel/board.ts";
import { completeTask } from "../../src/kernel/completion.ts";
import { createTask } from "../../src/kernel/create.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "../ops/world.ts";

interface Desk extends OpsWorld {
  id: string;
  parent: string;
  attachmentsRoot: string;
  workspace: string;
  use(name: string, args: unknown): Promise<{ text: string; failed: boolean }>;
}

const claim = { type: "claim", lock: "h:1", ttlSeconds: 900, lane: "builtin" } as const;

/** A worker's tools on a task whose parent handed over two files, one of them in its own folder. */
async function atDesk(body: (desk: Desk) => Promise<void>): Promise<void> {
  await inOpsWorld(async (world) => {
    const { home, board } = world;
    const attachmentsRoot = world.user.boardPaths.attachmentsRoot;
    const workspace = join(home, "work");
    const theirs = join(home, "site");
    for (const folder of [workspace, theirs]) await Deno.mkdir(folder);
    await Deno.writeTextFile(join(theirs, "tides.md"), "high at noon");
    await Deno.writeTextFile(join(theirs, "private.md"), "not handed over");
    const parent = (await createTask(board, { title: "Parent" })).task.id;
    await Deno.writeTextFile(join(home, "map.txt"), "a map");
    const map = { source: join(home, "map.txt"), uploadedBy: "ana" };
    await attachFile(board, attachmentsRoot, parent, map);
    await completeTask(board, parent, {
      summary: "done",
      result: null,
      metadata: null,
      createdCards: [],
      artifacts: [{ name: "tides.md", path: join(theirs, "tides.md"), size: 12 }],
    }, { fence: null, person: null });
    const { task } = await createTask(board, { title: "Mine", parents: [parent] });
    await attachFile(board, attachmentsRoot, task.id, map);
    const { runId } = await mustCommand(board, task.id, claim);
    const context = await world.as(workerOf(task.id, runId));
    const hands = await workerBoard(context, task.id, runId!);
    const tools: AgentTool[] = [
      ...hands.fileTools!(workspace),
      ...workspaceTools({
        root: workspace,
        timeoutSeconds: 20,
        maxOutputBytes: 4000,
        env: { PATH: Deno.env.get("PATH") ?? "" },
        readable: hands.readable,
      }),
    ];
    const { signal } = new AbortController();
    await body({
      ...world,
      id: task.id,
      parent,
      attachmentsRoot,
      workspace,
      use: (name, args) => callTool(tools, name, JSON.stringify(args), signal),
    });
  });
}

Deno.test("U-058 a worker reads its attachments, those of its parents and their artifacts", () =>
  atDesk(async ({ id, parent, attachmentsRoot, home, use }) => {
    for (const task of [id, parent]) {
      const path = join(attachmentsRoot, task, "map.txt");
      assert.deepEqual(await use("read_file", { path }), { text: "a map", failed: false });
    }
    const tides = join(home, "site", "tides.md");
    assert.equal((await use("read_file", { path: tides })).text, "high at noon");
    const folder = join(attachmentsRoot, id);
    assert.match((await use("list_files", { path: folder })).text, /^map\.txt {2}5$/);
    assert.match((await use("search_files", { path: folder, pattern: "map" })).text, /a map/);
  }));

Deno.test("U-058 P-056 nothing else outside of the workspace is read, and nothing there is written", () =>
  atDesk(async ({ id, board, attachmentsRoot, home, use }) => {
    const other = (await createTask(board, { title: "A stranger's" })).task.id;
    const map = { source: join(home, "map.txt"), uploadedBy: "ana" };
    await attachFile(board, attachmentsRoot, other, map);
    const outside = [
      join(attachmentsRoot, other, "map.txt"),
      join(attachmentsRoot, id, "..", other, "map.txt"),
      join(home, "site", "private.md"),
      `${join(home, "site", "tides.md")}/../private.md`,
      join(home, "kanban.db"),
      attachmentsRoot,
    ];
    for (const path of outside) {
      const { text, failed } = await use("read_file", { path });
      assert.ok(failed && /outside the workspace/.test(text), `${path}: ${text}`);
    }
    await Deno.symlink(join(home, "site"), join(attachmentsRoot, id, "link"));
    const linked = await use("read_file", {
      path: join(attachmentsRoot, id, "link", "private.md"),
    });
    assert.match(linked.text, /outside the workspace/);
    const path = join(attachmentsRoot, id, "map.txt");
    for (
      const [tool, args] of [
        ["write_file", { path, content: "x" }],
        ["edit_file", { path, old_text: "map", new_text: "x" }],
      ] as const
    ) assert.match((await use(tool, args)).text, /outside the workspace/);
    assert.equal(await Deno.readTextFile(path), "a map");
  }));

Deno.test("U-055 kanban_attach keeps a file of the workspace, or bytes under a name", () =>
  atDesk(async ({ id, board, use, workspace }) => {
    await Deno.writeTextFile(join(workspace, "report.md"), "# Report");
    const byPath = JSON.parse((await use("kanban_attach", { path: "report.md" })).text);
    assert.equal(byPath.attachment.filename, "report.md");
    const bytes = { content_base64: btoa("\x00\xff!"), name: "raw.bin" };
    const byBytes = JSON.parse((await use("kanban_attach", bytes)).text);
    assert.deepEqual(
      [...await Deno.readFile(byBytes.attachment.stored_path)],
      [0, 255, 33],
    );
    const listed = JSON.parse((await use("kanban_attachments", {})).text);
    const names = listed.attachments.map((each: { filename: string }) => each.filename);
    assert.deepEqual(names, ["map.txt", "report.md", "raw.bin"]);
    assert.equal((await getAttachments(board, id)).at(-1)?.uploaded_by, "writer");
    assert.equal(
      (await use("read_file", { path: byPath.attachment.stored_path })).text,
      "# Report",
    );
  }));

Deno.test("U-055 kanban_attach refuses what lies outside, is no base64, is too much or is another's", () =>
  atDesk(async ({ id, parent, board, use }) => {
    const before = (await getAttachments(board, id)).length;
    const refused: Array<[Record<string, unknown>, RegExp]> = [
      [{}, /either path or content_base64/],
      [{ path: "a", content_base64: "eA==", name: "a" }, /either path or content_base64/],
      [{ content_base64: "eA==" }, /name.. is required/],
      [{ path: "../map.txt" }, /outside the workspace/],
      [{ path: "missing.txt" }, /no such file/],
      [{ content_base64: "%%%", name: "a" }, /no base64/],
      [{ content_base64: "A".repeat(36 * 1024 * 1024), name: "a" }, /more than 25 MB/],
      [{ content_base64: "eA==", name: "a", task_id: parent }, /its own task/],
    ];
    for (const [args, message] of refused) {
      const { text, failed } = await use("kanban_attach", args);
      assert.ok(failed && message.test(text), `${JSON.stringify(args).slice(0, 80)}: ${text}`);
    }
    assert.equal((await getAttachments(board, id)).length, before);
  }));
