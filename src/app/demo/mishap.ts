// Owns: the accident the demo stages: one worker is killed, to show what becomes of its task.

import { oneLine } from "../../cli/terminal.ts";
import { endTree } from "../../platform/kill_tree.ts";
import type { DemoView } from "./view.ts";

/** Tasks that are done before the accident: late enough for all to be under way. */
const tasksBefore = 4;

/** Kills the first worker it sees after a while, once. */
export class Mishap {
  #happened = false;

  /** Looks at the board; returns what it did, as a sentence, when it did it just now. */
  async consider(view: DemoView): Promise<string | null> {
    if (this.#happened || view.counts.done < tasksBefore) return null;
    const victim = view.workers.find((worker) => worker.process !== null);
    if (!victim?.process) return null;
    this.#happened = true;
    await endTree({ identity: victim.process, graceMs: 0 });
    return `the demo killed process ${victim.process.pid}, which worked as ${victim.profile} on ` +
      `"${oneLine(victim.title)}", to show what happens then`;
  }
}
