// Owns: what Tab offers in a chat.

import { listSessions } from "../../agent/chat/session_list.ts";
import { sessionsDir } from "../../agent/chat/session_file.ts";
import { completeSlash } from "../../cli/slash/complete.ts";
import type { SlashContext } from "../../cli/slash/host.ts";
import type { Paths } from "../../config/paths.ts";
import { profileNames } from "../../profiles/roster.ts";
import { chatCommands } from "./commands.ts";

/**
 * Words that could stand at the end of `line`, and the part of it that they would replace. What is meant
 * for the model is not completed.
 */
export async function completeChat(
  line: string,
  paths: Paths,
  context: SlashContext,
): Promise<[words: string[], typed: string]> {
  const command = /^\/([a-z]*)$/.exec(line);
  if (command) {
    const names = chatCommands.map(({ name }) => `/${name}`).filter((name) =>
      name.startsWith(line)
    );
    return [finished(names), line];
  }
  const [, name, rest] = /^\/([a-z]+)\s+([^]*)$/.exec(line) ?? [];
  if (name === undefined || rest === undefined) return [[], line];
  if (name === "kanban") {
    const { values, typed } = await completeSlash(rest, context);
    return [finished(values), typed];
  }
  const known = name === "profile"
    ? await profileNames(paths)
    : name === "resume"
    ? (await listSessions(sessionsDir(paths.profileHome))).map(({ id }) => id)
    : [];
  return [finished(known.filter((each) => each.startsWith(rest))), rest];
}

/** The only word that fits is over: a blank comes next. */
function finished(words: string[]): string[] {
  return words.length === 1 && !words[0]!.endsWith("=") ? [`${words[0]} `] : words;
}
