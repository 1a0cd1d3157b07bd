// Owns: proof of the agent's hands on a real board: nine tools, one worker's view, whole graphs.

import { hostPorts } from "../../src/app/host_ports.ts";
import assert from "node:assert/strict";
import { workerBoard } from "../../src/agent/kanban_board.ts";
import { boardTools } from "../../src/ops/tool.ts";
import { type AgentTool, callTool } from "../../src/agent/tool.ts";
import { runWorker } from "../../src/agent/worker.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { type Board, mustCommand, openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getDetail, getList } from "../../src/kernel/detail.ts";
import { recordWorkspace } from "../../src/kernel/workspaces.ts";
import { createModelClient } from "../../src/llm/client.ts";
import { type Actor, type OpContext, openContext } from "../../src/ops/context.ts";
import { decomposeTask } from "../../src/planner/decompose.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";

const roster = ["researcher", "writer", "backend-eng", "reviewer", "ops"];

interface World {
  home: string;
  board: Board;
  /** The context of a worker on this task and run. */
  worker(taskId: string, runId: number | null, profile?: string): Promise<OpContext>;
  /** A task that is claimed, with its run. */
  claimed(title: string, parts?: { body?: string }): Promise<{ id: string; run: number }>;
}

async function withBoard(run: (world: World) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const board = await openBoard({ slug: "default", path: `${home}/kanban.db` });
  const contexts: OpContext[] = [];
  for (const name of roster) {
    await Deno.mkdir(`${home}/profiles/${name}`, { recursive: true });
    await Deno.writeTextFile(`${home}/profiles/${name}/config.yaml`, "");
  }
  const worker = async (taskId: string, runId: number | null, name = "ops") => {
    const actor: Actor = { kind: "worker", name, taskId, runId };
    const env = { HERMES_HOME: home };
    contexts.push(
      await openContext({ env, host: hostPorts, log: silentLog, actor, profile: name }),
    );
    return contexts.at(-1)!;
  };
  const claimed = async (title: string, parts: { body?: string } = {}) => {
    const { task } = await createTask(board, { title, assignee: "ops", ...parts });
    return { id: task.id, run: await claim(board, task.id) };
  };
  try {
    await run({ home, board, worker, claimed });
  } finally {
    for (const context of contexts) await context.close();
    await board.close();
    await Deno.remove(home, { recursive: true });
  }
}

async function claim(board: Board, id: string): Promise<number> {
  const command = { type: "claim", lock: "test:1", ttlSeconds: 900, lane: "builtin" } as const;
  const { runId } = await mustCommand(board, id, command);
  return runId!;
}

async function use(tools: AgentTool[], name: string, args: unknown = {}) {
  const { signal } = new AbortController();
  const { text } = await callTool(tools, name, JSON.stringify(args), signal);
  return JSON.parse(text) as Record<string, unknown> & { error?: string };
}

Deno.test("S-198 S-208 U-054 boardTools() are nine, seven for a plain worker; completing takes one task", async () => {
  await withBoard(async ({ worker, home }) => {
    const plain = await boardTools(await worker("t_1", 1));
    const hidden = ["kanban_list", "kanban_unblock"];
    await Deno.writeTextFile(`${home}/profiles/writer/config.yaml`, "toolsets: [kanban]\n");
    const tools = await boardTools(await worker("t_1", 1, "writer"));
    assert.deepEqual(
      plain.map(({ name }) => name),
      tools.map(({ name }) => name).filter((name) => !hidden.includes(name)),
    );
    assert.deepEqual(tools.map((tool) => tool.name), [
      "kanban_show",
      "kanban_list",
      "kanban_complete",
      "kanban_block",
      "kanban_heartbeat",
      "kanban_comment",
      "kanban_create",
      "kanban_link",
      "kanban_unblock",
    ]);
    for (const tool of tools) {
      assert.ok(tool.description.length > 20, tool.name);
      assert.equal(tool.parameters.type, "object");
    }
    const complete = tools.find((tool) => tool.name === "kanban_complete")!;
    const { properties, required } = complete.parameters as {
      properties: Record<string, { type?: string }>;
      required: string[];
    };
    assert.equal(properties.task_id?.type, "string");
    assert.deepEqual(required, []);
  });
});

Deno.test("S-201 kanban_show tells the own task and, on request, another", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const { id, run } = await claimed("Mine", { body: "Do it well." });
    const other = await createTask(board, { title: "Another" });
    const tools = await boardTools(await worker(id, run));
    const shown = await use(tools, "kanban_show");
    assert.equal((shown.task as { title: string }).title, "Mine");
    assert.match(String(shown.worker_context), /Do it well\./);
    for (const part of ["parents", "children", "comments", "events", "runs"]) {
      assert.ok(Array.isArray(shown[part]), part);
    }
    const seen = await use(tools, "kanban_show", { task_id: other.task.id });
    assert.equal((seen.task as { title: string }).title, "Another");
  });
});

Deno.test("R-13 P-058 a worker cannot complete, block or heartbeat another task", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const mine = await claimed("Mine");
    const theirs = await claimed("Theirs");
    const tools = await boardTools(await worker(mine.id, mine.run));
    const task_id = theirs.id;
    const attempts = {
      kanban_complete: { task_id, summary: "done" },
      kanban_block: { task_id, reason: "no" },
      kanban_heartbeat: { task_id },
    };
    for (const [tool, args] of Object.entries(attempts)) {
      assert.match((await use(tools, tool, args)).error ?? "", /only .* its own task/, tool);
    }
    assert.match((await use(tools, "kanban_unblock", { task_id })).error ?? "", /no tool/);
    assert.equal((await getDetail(board, theirs.id)).task.status, "running");
  });
});

Deno.test("S-202 S-203 P-061 incomplete handoffs are refused and leave the task running", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const { id, run } = await claimed("Mine");
    const tools = await boardTools(await worker(id, run));
    assert.match((await use(tools, "kanban_complete")).error ?? "", /summary, result/);
    const text = { summary: "x", metadata: '{"a":1}' };
    assert.match(
      (await use(tools, "kanban_complete", text)).error ?? "",
      /"metadata".*received text/,
    );
    assert.match((await use(tools, "kanban_block", { reason: "  " })).error ?? "", /"reason"/);
    assert.equal((await getDetail(board, id)).task.status, "running");
    const done = await use(tools, "kanban_complete", { summary: "x", metadata: { a: 1 } });
    assert.deepEqual(done, { ok: true, task_id: id, run_id: run });
  });
});

Deno.test("R-14 S-204 a comment is signed by the profile whatever the model says", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const { id, run } = await claimed("Mine");
    const tools = await boardTools(await worker(id, run, "writer"));
    await use(tools, "kanban_comment", { task_id: id, body: "Note", author: "the boss" });
    const { comments } = await getDetail(board, id);
    assert.deepEqual(comments.map(({ author, body }) => [author, body]), [["writer", "Note"]]);
    assert.ok((await use(tools, "kanban_comment", { task_id: id, body: " " })).error);
  });
});

Deno.test("P-060 secrets never reach the board through any tool", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const key = "sk-abcdefghijklmnop1234";
    const { id, run } = await claimed("Mine");
    const tools = await boardTools(await worker(id, run));
    await use(tools, "kanban_comment", { task_id: id, body: `key ${key}` });
    await use(tools, "kanban_heartbeat", { note: `key ${key}` });
    const child = { title: `Use ${key}`, body: `the ${key}`, assignee: "ops" };
    const created = await use(tools, "kanban_create", child);
    await use(tools, "kanban_complete", { summary: `key ${key}`, metadata: { deep: [key] } });
    const written = [await getDetail(board, id), await getDetail(board, String(created.task_id))];
    assert.doesNotMatch(JSON.stringify(written), /sk-abc/);
    assert.equal((JSON.stringify(written).match(/\[redacted\]/g) ?? []).length >= 6, true);
  });
});

Deno.test("P-013 S-064 a worker whose run was closed can write nothing and learns it", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const { id, run } = await claimed("Mine");
    const context = await worker(id, run);
    const hands = await workerBoard(context, id, run);
    assert.equal(await hands.heartbeat(), true);
    assert.equal(await hands.isClosed(), false);
    await mustCommand(board, id, { type: "reclaim", reason: "test" });
    const second = await claim(board, id);
    assert.notEqual(second, run);
    assert.equal(await hands.heartbeat(), false);
    assert.equal(await hands.isClosed(), true);
    for (
      const [tool, args] of [
        ["kanban_complete", { summary: "late" }],
        ["kanban_block", { reason: "late" }],
        ["kanban_comment", { task_id: id, body: "late" }],
        ["kanban_create", { title: "late", assignee: "ops" }],
      ] as const
    ) {
      assert.ok((await use(hands.kanbanTools, tool, args)).error, tool);
    }
    const { task, comments } = await getDetail(board, id);
    assert.deepEqual([task.status, task.current_run_id, comments.length], ["running", second, 0]);
    assert.equal((await getList(board, {})).length, 1);
  });
});

Deno.test("a worker's usage is recorded on its own run", async () => {
  await withBoard(async ({ worker, claimed, board }) => {
    const { id, run } = await claimed("Mine");
    const hands = await workerBoard(await worker(id, run), id, run);
    await hands.recordUsage({ model: "m", inputTokens: 12, outputTokens: 3, cost: null });
    const recorded = (await getDetail(board, id)).runs[0]!;
    const { model, input_tokens, output_tokens, cost_usd } = recorded;
    assert.deepEqual([model, input_tokens, output_tokens, cost_usd], ["m", 12, 3, null]);
  });
});

const ideas = [
  "Publish a small static site about tides",
  "Compare three ways to back up a home server",
  "Write a command-line unit converter with tests",
];

for (const idea of ideas) {
  Deno.test(`S-137 S-138 rehearsal workers finish a planned graph on a real board: ${idea}`, async () => {
    const server = await startRehearsal();
    try {
      await withBoard(async ({ home, board, worker }) => {
        const client = createModelClient({
          provider: "custom",
          model: "rehearsal",
          baseUrl: server.url,
          apiKey: "",
          apiKeyEnv: "",
          timeoutSeconds: 20,
          maxRetries: 0,
          extraBody: {},
        });
        const { task: root } = await createTask(board, { title: idea, triage: true });
        const model = { ...defaultConfig.model, default: "rehearsal", base_url: server.url };
        const paths = { root: home, profilesDir: `${home}/profiles`, profile: "ops" };
        const config = { ...defaultConfig, model };
        const planned = await decomposeTask({ board, config, paths, env: {} }, root.id);
        assert.deepEqual([planned.reason, planned.ok], ["", true]);
        const order = await workAll({ home, board, worker, client });
        assert.equal(order.at(-1), root.id, "the root wakes last");
        const tasks = await getList(board, {});
        assert.deepEqual(tasks.map((task) => task.status), tasks.map(() => "done"));
        const judged = (await getDetail(board, root.id)).runs.at(-1)!;
        const metadata = judged.metadata as { verdict: string; judged: string[] };
        assert.equal(metadata.verdict, "accepted");
        assert.deepEqual(metadata.judged.toSorted(), planned.child_ids.toSorted());
      });
    } finally {
      await server.stop();
    }
  });
}

/** Runs a worker on each ready task until none is left; returns the ids in order. */
async function workAll(
  { home, board, worker, client }: Pick<World, "home" | "board" | "worker"> & {
    client: ReturnType<typeof createModelClient>;
  },
): Promise<string[]> {
  const order: string[] = [];
  for (let round = 0; round < 20; round++) {
    const [ready] = await getList(board, { status: "ready" });
    if (!ready) break;
    const runId = await claim(board, ready.id);
    const workspace = `${home}/kanban/workspaces/${ready.id}`;
    await Deno.mkdir(workspace, { recursive: true });
    await recordWorkspace(board, ready.id, { path: workspace, branch: null });
    const profile = ready.assignee!;
    const exit = await runWorker({
      taskId: ready.id,
      runId,
      profile,
      persona: null,
      skills: [],
      board: await workerBoard(await worker(ready.id, runId, profile), ready.id, runId),
      client,
      model: "rehearsal",
      workspace,
      logsRoot: `${home}/kanban/logs`,
      agent: defaultConfig.agent,
      prices: () => null,
      commandEnv: { PATH: Deno.env.get("PATH") ?? "" },
      toolsets: [],
      skillTool: null,
      secrets: [],
      clock: systemClock,
      log: silentLog,
      signal: new AbortController().signal,
    });
    assert.equal(exit, 0);
    order.push(ready.id);
  }
  return order;
}
