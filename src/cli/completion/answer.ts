// Owns: the hidden command `__complete`, which the shells' scripts call on every press of the key.

import { silentLog } from "../../base/log.ts";
import { writeOut } from "../../platform/host_io.ts";
import { type OpContext, openContext } from "../../ops/context.ts";
import type { CliHost } from "../host.ts";
import { commandTree } from "../program.ts";
import { route } from "../route.ts";
import { complete, type NameSource } from "./complete.ts";
import type { Place } from "./place.ts";
import { type Answer, answerText } from "./suggestion.ts";

/**
 * Prints what could come next. The first word is `=` with what is typed of the word at the cursor — never
 * empty, since some shells lose empty words —, the others are those before it.
 *
 * @returns always 0: a person who presses a key wants no error between the words of a command.
 */
export async function answerShell(given: readonly string[], host: CliHost): Promise<number> {
  const [first = "=", ...words] = given;
  const answer = await suggestionsFor(words, first.replace(/^=/, ""), host);
  if (answer) writeOut(answerText(answer));
  return 0;
}

/** What could come behind `words`, where `typed` is already there of the next; null when nobody knows. */
export async function suggestionsFor(
  words: readonly string[],
  typed: string,
  host: CliHost,
): Promise<Answer | null> {
  const opened: OpContext[] = [];
  try {
    const program = await commandTree(route(words), host);
    return await complete(program, words, typed, async (place) => {
      const context = await openHome(place, host);
      opened.push(context);
      return await namesOf(context);
    });
  } catch {
    // Half a command line is often no command line yet.
    return null;
  } finally {
    for (const context of opened) await context.close();
  }
}

function openHome({ board, profile }: Place, host: CliHost): Promise<OpContext> {
  return openContext({ env: host.env, host: host.ports, log: silentLog, board, profile });
}

async function namesOf(context: OpContext): Promise<NameSource> {
  const ops = await import("../../ops/runs/candidates.ts");
  return {
    tasks: (beginning) => ops.taskNames(context, beginning),
    profiles: () => ops.profileNames(context),
    skills: () => ops.skillNames(context),
    templates: () => ops.templateNames(),
    assignees: () => ops.assigneeNames(context),
    boards: () => ops.boardNames(context),
    eventKinds: () => Promise.resolve(ops.eventKindNames()),
  };
}
