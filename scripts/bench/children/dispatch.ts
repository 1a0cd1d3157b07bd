// Owns: a dispatcher in a process of its own. Arguments: home, then the command that stands in for a worker.

import { Dispatcher } from "../../../src/dispatcher/dispatcher.ts";
import { defaultPolicy } from "../../../src/kernel/lifecycle/decision.ts";
import { dispatcherDeps } from "../dispatcher_deps.ts";
import { withBoardOf } from "../world.ts";
import { order, say } from "./lines.ts";

const [home = "", ...worker] = Deno.args;

// The stand-in never hands over. One attempt each, so that nothing is started twice.
const policy = () => ({ ...defaultPolicy, failureLimit: 1 });

await withBoardOf(home, async (board) => {
  const dispatcher = new Dispatcher(dispatcherDeps(board, home, worker));
  await dispatcher.start();
  say("ready");
  await order();
  await dispatcher.stop();
}, { policy });
