// Owns: proof that a worker in goal mode goes on until its judge agrees or the task is somebody else's.

import assert from "node:assert/strict";
import { type Goal, goalGuidance, goalKeeper, type Judged } from "../../src/agent/goal.ts";
import { runAgent } from "../../src/agent/loop.ts";
import { HermesError } from "../../src/base/errors.ts";
import { silentLog } from "../../src/base/log.ts";
import { agentRun, echoTool, scriptedModel } from "./double.ts";

type Word = Partial<Judged> | Error;

/** A goal whose judge says `words` in order and repeats the last. */
function goalOf(words: Word[]): Goal & { asked: number } {
  const goal = {
    maxTurns: 5,
    asked: 0,
    judge() {
      const word = words[Math.min(goal.asked++, words.length - 1)]!;
      if (word instanceof Error) return Promise.reject(word);
      const turn = goal.asked;
      return Promise.resolve({
        passed: false,
        reason: "no rows",
        turn,
        max_turns: 5,
        blocked: false,
        ...word,
      });
    },
  };
  return goal;
}

const told = (messages: Array<Record<string, unknown>>) =>
  messages.filter((message) => message.role === "user").map((message) => String(message.content));

Deno.test("U-056 a worker that stops is sent on with what the judge misses, until it hands off", async () => {
  const done = echoTool("kanban_complete");
  const client = scriptedModel(["I am done.", "Now really.", [["kanban_complete", {}]]]);
  const goal = goalOf([{}, { passed: true, reason: "12 rows" }]);
  const result = await runAgent(agentRun({
    client,
    tools: [done],
    isFinished: () => done.calls.length > 0,
    whenStopped: goalKeeper(goal, silentLog),
  }));
  assert.deepEqual([result.reason, result.turns, goal.asked], ["finished", 3, 2]);
  const [, first, second] = told(client.seen[2]!.messages);
  assert.match(first!, /not reached \(1 of 5\): no rows/);
  assert.match(second!, /reached: 12 rows\n\nCall kanban_complete now/);
});

Deno.test("U-056 the judge is asked at the turn limit too, and the turns begin anew", async () => {
  const client = scriptedModel([[["echo", {}]]]);
  const goal = goalOf([{}, {}, { blocked: true }]);
  const result = await runAgent(agentRun({
    client,
    tools: [echoTool()],
    limits: { maxTurns: 4, contextCharacters: 1e6 },
    isFinished: () => goal.asked === 3,
    whenStopped: goalKeeper(goal, silentLog),
  }));
  // The board blocked the task at the third no; the loop hears of it after the reply.
  assert.deepEqual([result.reason, result.turns, goal.asked], ["finished", 12, 3]);
});

Deno.test("U-056 a model that never hands off a reached goal is asked three times at most", async () => {
  const client = scriptedModel(["I am done."]);
  const goal = goalOf([{ passed: true }]);
  const run = agentRun({ client, whenStopped: goalKeeper(goal, silentLog) });
  assert.deepEqual([(await runAgent(run)).reason, client.seen.length], ["stopped", 3]);
});

Deno.test("P-068 a judge that fails is asked again at once until the board stops the task", async () => {
  const failing = { passed: null, reason: "down" };
  const goal = goalOf([failing, failing, { ...failing, blocked: true }]);
  assert.equal(await goalKeeper(goal, silentLog)(), null);
  assert.equal(goal.asked, 3);
});

Deno.test("a run that was taken away asks no judge again, and other failures end it loudly", async () => {
  const fenced = goalOf([new HermesError("fenced", "the run is closed")]);
  assert.equal(await goalKeeper(fenced, silentLog)(), null);
  const broken = goalOf([new HermesError("busy", "the board is locked")]);
  await assert.rejects(goalKeeper(broken, silentLog)(), /locked/);
});

Deno.test("goalGuidance() names the number of turns", () => {
  assert.match(goalGuidance(goalOf([{}])), /After 5 times of "not reached"/);
});
