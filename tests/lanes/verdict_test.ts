// Owns: proof of what the end of a program means, of when a conversation goes on, and of adding up what it used.

import assert from "node:assert/strict";
import { LogPump } from "../../src/agent/foreign/log_pump.ts";
import { foreignPrompt } from "../../src/agent/foreign/prompt.ts";
import {
  couldNotResume,
  type EarlierRun,
  sessionToResume,
} from "../../src/agent/foreign/resume.ts";
import { UsageSum, usedBefore } from "../../src/agent/foreign/usage_sum.ts";
import { type ConversationEnd, verdictOf } from "../../src/agent/foreign/verdict.ts";
import type { Reading } from "../../src/lanes/output_reader.ts";

const lane = {
  name: "tool",
  on_success: "protocol_violation" as "protocol_violation" | "complete",
  nudges: 2,
  exit_codes: { rate_limited: [75] },
};

function end(changes: Partial<ConversationEnd> = {}, read: Partial<Reading> = {}): ConversationEnd {
  const reading: Reading = {
    session: "s",
    final: "said",
    model: null,
    inputTokens: null,
    outputTokens: null,
    costUsd: null,
    failed: false,
    error: null,
    rateLimited: false,
    retryAt: null,
    tail: ["tail one", "tail two"],
    ...read,
  };
  return { reading, code: 0, signal: null, closed: false, nudged: 0, ...changes };
}

const table: [string, ConversationEnd, Partial<typeof lane>, unknown][] = [
  ["handed over, whatever the status", end({ closed: true, code: 9 }), {}, { then: "leave" }],
  ["open at exit 0", end(), {}, { then: "nudge", session: "s" }],
  ["U-030 reminded often enough", end({ nudged: 2 }), {}, {
    then: "violation",
    error: "tool ended without completing or blocking the task. Its last words: said",
  }],
  ["no conversation to go on with", end({}, { session: null, final: null }), {}, {
    then: "violation",
    error: "tool ended without completing or blocking the task and said nothing",
  }],
  ["a lane that completes", end(), { on_success: "complete" }, {
    then: "complete",
    summary: "said",
  }],
  ["a lane that completes without a word", end({}, { final: null }), { on_success: "complete" }, {
    then: "complete",
    summary: "tool ended without a word.",
  }],
  ["a status", end({ code: 3 }), {}, {
    then: "crash",
    error: "tool exited with status 3: tail one\ntail two",
  }],
  ["a status and its own words", end({ code: 3 }, { error: "why" }), { on_success: "complete" }, {
    then: "crash",
    error: "tool exited with status 3: why",
  }],
  ["a signal", end({ code: null, signal: "SIGSEGV" }, { tail: [] }), {}, {
    then: "crash",
    error: "tool was ended by SIGSEGV",
  }],
  ["exit 0 that says it failed", end({}, { failed: true, tail: [] }), { on_success: "complete" }, {
    then: "crash",
    error: "tool says that it failed",
  }],
  ["U-031 a status for a rate limit", end({ code: 75 }, { error: "later", retryAt: 9 }), {}, {
    then: "rate_limited",
    error: "tool: the provider is rate limited or unavailable: later",
    retryAt: 9,
  }],
  [
    "U-031 failure with words of a rate limit",
    end({ code: 1 }, { rateLimited: true, tail: [] }),
    {},
    {
      then: "rate_limited",
      error: "tool: the provider is rate limited or unavailable",
      retryAt: null,
    },
  ],
  ["success in spite of one", end({ nudged: 2 }, { rateLimited: true, final: "x" }), {}, {
    then: "violation",
    error: "tool ended without completing or blocking the task. Its last words: x",
  }],
];
for (const [what, ended, changes, expected] of table) {
  Deno.test(`verdictOf: ${what}`, () => {
    assert.deepEqual(verdictOf({ ...lane, ...changes }, ended), expected);
  });
}

Deno.test("sessionToResume: only the latest attempt, cut short, of this profile on this lane", () => {
  const run = (changes: Partial<EarlierRun>): EarlierRun => ({
    id: 1,
    profile: "ada",
    lane: "claude",
    outcome: "rate_limited",
    worker_session_id: "s1",
    ...{ input_tokens: null, output_tokens: null, cost_usd: null },
    ...changes,
  });
  const own = { runId: 9, profile: "ada", lane: "claude" };
  const resumed = (...runs: EarlierRun[]) =>
    sessionToResume([...runs, run({ id: 9, outcome: null })], own);
  assert.equal(resumed(), null);
  for (
    const outcome of ["blocked", "rate_limited", "timed_out", "reclaimed", "protocol_violation"]
  ) {
    assert.equal(resumed(run({ outcome })), "s1");
  }
  for (const outcome of ["crashed", "gave_up", "spawn_failed", "completed", null]) {
    assert.equal(resumed(run({ outcome })), null);
  }
  assert.equal(resumed(run({ profile: "bob" })), null);
  assert.equal(resumed(run({ lane: "codex" })), null);
  assert.equal(resumed(run({ worker_session_id: null })), null);
  assert.equal(resumed(run({ id: 2, outcome: "crashed" }), run({ id: 1 })), null);
  assert.equal(
    resumed(run({ id: 1, outcome: "crashed" }), run({ id: 2, worker_session_id: "s2" })),
    "s2",
  );
});

Deno.test("couldNotResume: a failure before the first word, and nothing else", () => {
  const mute = { final: null, outputTokens: null };
  assert.ok(couldNotResume(end({ code: 42 }, mute)));
  assert.ok(couldNotResume(end({ code: 42 }, { ...mute, outputTokens: 0 })));
  assert.ok(!couldNotResume(end({ code: 0 }, mute)));
  assert.ok(!couldNotResume(end({ code: null, signal: "SIGKILL" }, mute)));
  assert.ok(!couldNotResume(end({ code: 1, closed: true }, mute)));
  assert.ok(!couldNotResume(end({ code: 1 }, { ...mute, final: "I began" })));
  assert.ok(!couldNotResume(end({ code: 1 }, { ...mute, outputTokens: 12 })));
  assert.ok(!couldNotResume(end({ code: 1 }, { ...mute, rateLimited: true })));
});

const untold = {
  ...{ session: null, model: null, inputTokens: null, outputTokens: null, costUsd: null },
};

Deno.test("UsageSum: conversations add up, unknown stays unknown", () => {
  const sum = new UsageSum(null);
  assert.deepEqual(sum.with(untold, "m"), {
    ...{ model: "m", inputTokens: null, outputTokens: null, cost: null },
  });
  sum.add({ ...untold, model: "a", inputTokens: 10, outputTokens: 1 });
  sum.add({ ...untold, costUsd: 0.5 });
  const now = { ...untold, model: "b", inputTokens: 5, outputTokens: 0, costUsd: 0.25 };
  assert.deepEqual(sum.with(now, null), {
    ...{ model: "b", inputTokens: 15, outputTokens: 1, cost: 0.75 },
  });
});

Deno.test("UsageSum: what a session used before is not counted again, nor its earlier turns", () => {
  const runs = [
    { id: 1, worker_session_id: "s", input_tokens: 100, output_tokens: 10, cost_usd: null },
    { id: 2, worker_session_id: "other", input_tokens: 7, output_tokens: 7, cost_usd: null },
    { id: 9, worker_session_id: "s", input_tokens: 5, output_tokens: 5, cost_usd: null },
  ].map((run) => ({ ...run, profile: "ada", lane: "codex", outcome: "blocked" }));
  const sum = new UsageSum(usedBefore(runs, 9));
  const told = (session: string, inputTokens: number | null) => {
    return { ...untold, session, inputTokens, outputTokens: inputTokens && inputTokens / 10 };
  };
  assert.equal(sum.with(told("s", 150), null).inputTokens, 50);
  sum.add(told("s", 150));
  assert.equal(
    sum.with(told("s", null), null).inputTokens,
    50,
    "the next turn has told nothing yet",
  );
  assert.deepEqual(sum.with(told("s", 180), null).inputTokens, 80);
  sum.add(told("s", 180));
  const { inputTokens, outputTokens } = sum.with(told("new", 20), null);
  assert.deepEqual([inputTokens, outputTokens], [100, 10]);
});

Deno.test("UsageSum: a price of 0 for work that was done is no price", () => {
  const free = { ...untold, inputTokens: 10, outputTokens: 1, costUsd: 0 };
  assert.equal(new UsageSum(null).with(free, null).cost, null);
  assert.equal(new UsageSum(null).with({ ...untold, costUsd: 0 }, null).cost, 0);
});

Deno.test("LogPump: no secret and no flood gets through, and what is missing is told", () => {
  let text = "";
  const pump = new LogPump((part) => text += part, ["hunter2hunter2"]);
  pump.line("key hunter2hunter2 and sk-abcdefghijklmnopqrstuvwx");
  pump.line("y".repeat(1_000_000));
  assert.match(text, /^key \[redacted\] and \[redacted\]\n/);
  assert.match(text, /… \[737856 more characters\]\n$/);
  for (let line = 0; line < 100; line++) pump.line("z".repeat(250_000));
  pump.end();
  assert.ok(text.length < 17 * 1024 * 1024);
  assert.match(text, /\[\d+ more characters of output not kept\]\n$/);
});

Deno.test("foreignPrompt: who, how, what; a conversation that goes on hears only what is new", () => {
  const parts = {
    taskId: "t_1",
    profile: "ada",
    persona: "You are Ada, precise.",
    skills: [{ name: "git", body: "Commit often." }],
    brief: "Write notes.",
    goal: "Until the judge agrees.",
    hasTools: true,
    resumes: false,
  };
  const text = foreignPrompt(parts);
  for (
    const part of [
      "You are Ada",
      "kanban_complete",
      "# Skill: git",
      "work kanban task t_1",
      "Write notes.",
      "judge",
    ]
  ) {
    assert.ok(text.includes(part), part);
  }
  const plain = foreignPrompt({ ...parts, persona: null, hasTools: false });
  assert.match(plain, /^You are ada\./);
  assert.doesNotMatch(plain, /kanban_complete/);
  const again = foreignPrompt({ ...parts, resumes: true });
  assert.match(again, /^Go on with kanban task t_1/);
  assert.ok(again.includes("Write notes.") && !again.includes("# Skill"));
});
