// Owns: a process that commits to a board each time it is told to, and says when. Arguments: home, task id.

import { addComment } from "../../../src/kernel/comments.ts";
import { preciseNow } from "../measure.ts";
import { withBoardOf } from "../world.ts";
import { order, say } from "./lines.ts";

const [home = "", task = ""] = Deno.args;

await withBoardOf(home, async (board) => {
  say("ready");
  while (await order() !== null) {
    const at = preciseNow();
    await addComment(board, task, "bench", "something happened");
    say(String(at));
  }
});
