// Owns: proof that a retry is told what went wrong when its predecessor ended without a word.

import assert from "node:assert/strict";
import { buildBrief } from "../../src/kernel/brief.ts";
import { block, claim, type TestBoard, withBoard } from "./board_fixture.ts";

const error = "worker process 7 exited without completing or blocking the task";

async function silentAttempt(t: TestBoard, id: string): Promise<void> {
  await t.do(id, claim);
  await t.do(id, { type: "protocol_violation", pid: 7, error });
}

const advice = /ended without kanban_complete or kanban_block/;

Deno.test("U-030 P-009 the retry after a silent end is told so and what to do", () =>
  withBoard(async (t) => {
    const id = await t.add();
    assert.doesNotMatch(await buildBrief(t.board, id), advice);
    await silentAttempt(t, id);
    const once = await buildBrief(t.board, id);
    assert.match(once, /## Prior attempts\n\n\*\*The last attempt ended without[^]*### Attempt 1/);
    assert.match(once, /kanban_complete with a summary, or kanban_block with the one question/);
    await silentAttempt(t, id);
    assert.match(await buildBrief(t.board, id), /\*\*The last 2 attempts ended without/);
  }));

Deno.test("U-030 an attempt that gave up for that reason counts, one that ended otherwise ends the streak", () =>
  withBoard(async (t) => {
    t.policy.failureLimit = 1;
    const gaveUp = await t.add();
    await silentAttempt(t, gaveUp);
    assert.equal((await t.run(gaveUp)).outcome, "gave_up");
    assert.match(await buildBrief(t.board, gaveUp), advice);

    t.policy.failureLimit = 9;
    const id = await t.add();
    await silentAttempt(t, id);
    await t.do(id, claim);
    await t.do(id, { type: "crash", pid: 7, error: "worker process 7 was ended by SIGKILL" });
    assert.doesNotMatch(await buildBrief(t.board, id), advice);
  }));

Deno.test("U-056 the next attempt at a goal is told what the judge missed last", () =>
  withBoard(async (t) => {
    const id = await t.add({ goalMode: true });
    const fence = await t.claimed(id);
    await t.do(id, { type: "judge", passed: false, reason: "no\ntests" }, { fence });
    await t.do(id, { ...block("Which tests?"), kind: "needs_input" } as ReturnType<typeof block>, {
      fence,
    });
    assert.match(await buildBrief(t.board, id), /judge's last word: not reached\. no tests/);
    await t.do(id, { type: "unblock", byHuman: true });
    const second = await t.claimed(id);
    await t.do(id, { type: "judge", passed: true, reason: "fine" }, { fence: second });
    assert.doesNotMatch(await buildBrief(t.board, id), /judge's last word/);
  }));
