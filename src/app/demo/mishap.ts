// Owns: the accident the demo stages: one worker is killed, to show what becomes of its task.

import { oneLine } from "../../cli/terminal.ts";
import { endTree } from "../../platform/kill_tree.ts";
import type { DemoView } from "./view.ts";

/** Whom it hits: somebody who works with what others handed off, and has to read it again. */
const victimProfile = "writer";

/** Kills the first worker of one profile, once. */
export class Mishap {
  #happened = false;

  /** Looks at the board; returns what it did, as a sentence, when it did it just now. */
  async consider({ workers }: DemoView): Promise<string | null> {
    if (this.#happened) return null;
    const victim = workers.find(({ profile, atWork }) => profile === victimProfile && atWork);
    if (!victim?.process) return null;
    this.#happened = true;
    await endTree({ identity: victim.process, graceMs: 0 });
    return `the demo killed process ${victim.process.pid}, which worked as ${victim.profile} on ` +
      `"${oneLine(victim.title)}", to show what happens then`;
  }
}
