// Owns: the proof of what the demo shows: when it is over, the picture, and redrawing it in place.

import assert from "node:assert/strict";
import { drawFrame } from "../../src/app/demo/frame.ts";
import { liveStage, plainStage } from "../../src/app/demo/stage.ts";
import { type DemoView, type IdeaView, judge } from "../../src/app/demo/view.ts";
import { painter } from "../../src/cli/terminal.ts";

const idea: IdeaView = {
  id: "t_1",
  title: "A site",
  status: "todo",
  done: 1,
  total: 4,
  createdAt: 1000,
  completedAt: null,
};

function view(change: Partial<DemoView["counts"]>, ideas: IdeaView[] = [idea]): DemoView {
  const none = { triage: 0, todo: 0, ready: 0, running: 0, blocked: 0, done: 0, archived: 0 };
  return { counts: { ...none, ...change }, workers: [], ideas, waitingSince: null };
}

Deno.test("judge() ends the demo when all is done, or when only a person could go on", () => {
  const done = { ...idea, status: "done" };
  assert.deepEqual(judge(view({ done: 5 }, [done])), { over: true, problem: null });
  assert.deepEqual(judge(view({ running: 1, blocked: 1 })), { over: false });
  assert.deepEqual(judge(view({ triage: 1 }, [done, idea])), { over: false });
  assert.deepEqual(judge(view({ todo: 2 })), { over: false }, "a promotion is on its way");
  assert.deepEqual(judge(view({ todo: 1, blocked: 1 }, [done, idea])), {
    over: true,
    problem: 'a task is blocked, which keeps "A site"',
  });
  assert.deepEqual(judge(view({}, [{ ...idea, status: "archived" }])), {
    over: true,
    problem: '"A site" was archived',
  });
});

Deno.test("drawFrame() shows counts, workers with their attempt and time, ideas with their progress", () => {
  const process = { pid: 7, startTime: "1", bootId: "b" };
  const lines = drawFrame(
    {
      ...view({ todo: 2, running: 1, ready: 1, done: 1 }, [
        idea,
        { ...idea, title: "Another\x1b[31m\nidea", status: "triage", done: 0, total: 0 },
      ]),
      workers: [{
        profile: "writer",
        taskId: "t_2",
        title: "Write it",
        since: 1003,
        attempt: 2,
        process,
        atWork: true,
      }],
      waitingSince: 1004,
    },
    { elapsed: 12.4, gatewayPid: 42 },
    { width: 60, now: 1010, paint: painter(false) },
  );
  assert.deepEqual(lines, [
    "",
    "12s  ·  gateway 42  ·  oldest ready task 6s",
    "◇ triage 0   ◻ todo 2   ▶ ready 1   ● running 1   ⊘ blocked 0   ✓ done 1",
    "",
    "writer  t_2  7s  Write it (attempt 2)",
    "",
    "◻  ━━━━╌╌╌╌╌╌╌╌╌╌╌╌ 1/4  10s  A site",
    "◇  being planned         10s  Another idea",
  ]);
});

Deno.test("drawFrame() names at most eight workers and says that the gateway is being started", () => {
  const worker = { profile: "w", taskId: "t", title: "x", since: 0, attempt: 1 };
  const workers = Array.from({ length: 10 }, () => ({ ...worker, process: null, atWork: false }));
  const lines = drawFrame(
    { ...view({ running: 10 }), workers },
    { elapsed: 0, gatewayPid: null },
    { width: 80, now: 0, paint: painter(false) },
  );
  assert.match(lines[1] ?? "", /gateway is being started/);
  assert.equal(lines.filter((line) => line.startsWith("w  t")).length, 8);
  assert.ok(lines.includes("and 2 workers more"));
});

Deno.test("liveStage() goes back over exactly the rows of the last picture, wrapped ones too", () => {
  let written = "";
  const stage = liveStage((text) => written += text, () => 10);
  stage.show(["short", "", "twelve chars"]);
  assert.equal(written, "\x1b[?25lshort\n\ntwelve chars\n");
  written = "";
  stage.say("news");
  assert.equal(written, "\x1b[4A\r\x1b[Jnews\nshort\n\ntwelve chars\n");
  written = "";
  stage.show(["one"]);
  assert.equal(written, "\x1b[4A\r\x1b[Jone\n");
  written = "";
  stage.close();
  stage.close();
  assert.equal(written, "\x1b[1A\r\x1b[J\x1b[?25h");
});

Deno.test("plainStage() writes lines and no picture", () => {
  let written = "";
  const stage = plainStage((text) => written += text);
  stage.show(["a picture"]);
  stage.say("news");
  stage.close();
  assert.equal(written, "news\n");
});
