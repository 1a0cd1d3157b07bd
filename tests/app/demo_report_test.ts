// Owns: the proof of the words of the demo's report.

import assert from "node:assert/strict";
import type { DemoReport, ReportedTask } from "../../src/app/demo/report.ts";
import { reportLines } from "../../src/app/demo/report_text.ts";
import { painter, type Screen } from "../../src/cli/terminal.ts";

const screen: Screen = { width: 100, now: 0, paint: painter(false) };

function task(id: string, change: Partial<ReportedTask> = {}): ReportedTask {
  return {
    id,
    title: `Task ${id}`,
    status: "done",
    assignee: "writer",
    parents: [],
    attempts: ["completed"],
    summary: `Did ${id}.\nMore.`,
    files: [],
    log: `/h/kanban/logs/${id}.log`,
    transcripts: [`/h/kanban/logs/${id}.1.jsonl`],
    ...change,
  };
}

const report: DemoReport = {
  ok: true,
  problem: null,
  seconds: 12.3,
  graphs: [{
    root: task("t_0", { title: "An idea", assignee: "default", parents: ["t_1", "t_2"] }),
    tasks: [
      task("t_1", {
        files: [
          { path: "/h/kanban/workspaces/t_1/a.md", size: 1234, first_line: "# A" },
          { path: "/h/kanban/workspaces/t_1/b.md", size: null, first_line: null },
        ],
      }),
      task("t_2", { parents: ["t_1"], attempts: ["crashed", "completed"] }),
    ],
  }],
  usage: {
    runs: 4,
    calls: 3,
    input_tokens: 12345,
    output_tokens: 678,
    cost_usd: null,
    unknown_runs: 7,
    unknown_token_runs: 1,
  },
  failed_attempts: 1,
  gateway_restarts: 2,
  model: "rehearsal model: scripted answers",
  places: {
    kept: false,
    home: "/h",
    config: "/h/config.yaml",
    board: "/h/kanban.db",
    workspaces: "/h/kanban/workspaces",
    logs: "/h/kanban/logs",
    gateway_log: "/h/gateway.log",
  },
};

const text = (change: Partial<DemoReport> = {}) =>
  reportLines({ ...report, ...change }, "/user/config.yaml", screen).join("\n");

Deno.test("reportLines() shows the graph with who handed off what, after what, at which attempt", () => {
  assert.match(
    text(),
    new RegExp([
      "✓ An idea",
      "  ✓ 1\\. Task t_1",
      "      writer: Did t_1\\.",
      "  ✓ 2\\. Task t_2 after 1",
      "      writer \\(attempt 2, after: crashed\\): Did t_2\\.",
      "  verdict by default: Did t_0\\.",
    ].join("\n")),
  );
});

Deno.test("reportLines() shows files with size and first line, and says when one is missing", () => {
  assert.match(text(), /^kanban\/workspaces\/t_1\/a\.md +1,234 B +# A$/m);
  assert.match(text(), /^kanban\/workspaces\/t_1\/b\.md +missing$/m);
});

Deno.test("reportLines() tells figures, failed attempts, restarts and where everything lies", () => {
  assert.match(text(), /^4 workers, each a process of its own, in 12\.3 s$/m);
  assert.match(
    text(),
    /^cost unknown, ≥ 12,345 tokens in, ≥ 678 out .*for 4 runs and 3 calls; "hermes kanban usage"/m,
  );
  assert.match(text(), /^1 attempt failed and was tried again$/m);
  assert.match(text(), /^The gateway was started again 2 times$/m);
  assert.match(text(), /Where everything lay\nhome +\/h\n/);
  assert.match(text(), /It has been removed\. hermes demo --keep keeps it\./);
  assert.match(
    text({ places: { ...report.places, kept: true } }),
    /Where everything lies\n[^]*HERMES_HOME=\/h hermes kanban list/,
  );
});

Deno.test("reportLines() says that answers were scripted, and the two lines that connect a model", () => {
  assert.match(
    text(),
    /rehearsal model: scripted answers\n[^]*in \/user\/config\.yaml:\n {2}model:\n {4}provider: ollama .*\n {4}default: <model name>\n/,
  );
  assert.match(text(), /1 idea became 3 finished tasks in 12\.3 s\.$/);
  assert.match(
    text({ ok: false, problem: "a task is blocked" }),
    /Not finished: a task is blocked$/,
  );
});
