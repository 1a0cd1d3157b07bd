// Owns: proof of goal mode with the real program: gateway, worker and judge as processes.

import assert from "node:assert/strict";
import { inOffice } from "./office.ts";

const retries = "agent: {max_retries: 0}\n";

Deno.test("U-056 a worker in goal mode hands off anew until its judge agrees", () =>
  inOffice(async ({ gateway, create, becomes, home }) => {
    const goal = ["--assignee", "ops", "--goal"];
    const late = await create("Write the notes rehearse:judge-late=2", ...goal);
    const never = await create(
      "Paint the moon rehearse:judge-never",
      ...goal,
      "--goal-max-turns",
      "2",
    );
    const garbage = await create("Ask the oracle rehearse:judge-garbage", ...goal);
    await gateway();

    const done = await becomes(late, "done");
    const verdicts = (kind: { events: { kind: string; payload: unknown }[] }) =>
      kind.events.filter((event) => event.kind === "goal_judged")
        .map((event) => (event.payload as { passed: boolean | null }).passed);
    assert.deepEqual(verdicts(done), [false, false, true]);
    assert.equal(done.runs.length, 1, "one attempt");
    assert.equal(done.runs[0]?.worker_session_id, `${late}.${done.runs[0]?.id}`);
    const log = await Deno.readTextFile(`${home}/kanban/logs/${late}.log`);
    assert.match(log, /goal not reached \(2 of 20\)/);

    const stuck = await becomes(never, "blocked");
    assert.equal(stuck.task.block_kind, "needs_input");
    assert.deepEqual(verdicts(stuck), [false, false]);
    assert.match(String(stuck.runs[0]?.summary), /not reached in 2 turns.*one more thing/);

    const unclear = await becomes(garbage, "blocked");
    assert.equal(unclear.task.block_kind, "transient");
    assert.deepEqual(verdicts(unclear), [null, null, null]);
  }, { config: retries }));
