// Owns: the slash commands of a chat besides /kanban: their names, their help, recognising them.

import { suggest } from "../../base/suggest.ts";

/** When a command is carried out. */
type Turn =
  /** At once, also while the model is at work. */
  | "now"
  /** When what was said before is answered. */
  | "after";

/** A command as it is explained. */
export interface ChatCommand {
  name: string;
  /** What may follow it. */
  rest: string;
  about: string;
  when: Turn;
}

export const chatCommands: readonly ChatCommand[] = [
  { name: "help", rest: "", about: "This list", when: "now" },
  { name: "kanban", rest: "<command> …", about: "Any command of the board", when: "now" },
  { name: "model", rest: "[name]", about: "The model, or another for this chat", when: "after" },
  { name: "profile", rest: "[name]", about: "Whom you talk to, or somebody else", when: "after" },
  { name: "new", rest: "", about: "Begin a new chat", when: "after" },
  { name: "resume", rest: "[id]", about: "Go on with an earlier chat", when: "after" },
  { name: "sessions", rest: "", about: "The chats there are", when: "now" },
  { name: "history", rest: "", about: "What was said in this chat", when: "now" },
  { name: "usage", rest: "", about: "What this chat has used so far", when: "now" },
  { name: "quit", rest: "", about: "Leave (also Ctrl-D)", when: "after" },
];

/** Other words for a command. */
const aliases: Readonly<Record<string, string>> = { exit: "quit", q: "quit", "?": "help" };

/** What a person typed. */
export type Typed =
  | { kind: "prompt"; text: string }
  | { kind: "command"; command: ChatCommand; rest: string }
  | { kind: "unknown"; word: string; close: string | null };

/**
 * Tells commands from what is meant for the model. A word with a second slash is a path, and what begins
 * with a blank is no command.
 */
export function readTyped(line: string): Typed {
  const match = /^\/([a-z?]+)(?:@\S+)?(?:\s+([^]*))?$/i.exec(line);
  if (!match) return { kind: "prompt", text: line.trim() };
  const word = match[1]!.toLowerCase();
  const name = aliases[word] ?? word;
  const command = chatCommands.find((it) => it.name === name);
  if (command) return { kind: "command", command, rest: match[2]?.trim() ?? "" };
  return { kind: "unknown", word, close: suggest(word, chatCommands.map((it) => it.name)) };
}

/** The commands in lines, with a word on the keys where lines are edited. */
export function helpText(hasKeys: boolean): string {
  const heads = chatCommands.map(({ name, rest }) => `/${name}${rest === "" ? "" : ` ${rest}`}`);
  const width = Math.max(...heads.map((head) => head.length));
  const lines = chatCommands.map(({ about }, index) =>
    `  ${heads[index]!.padEnd(width)}  ${about}`
  );
  if (hasKeys) {
    lines.push(
      "",
      "Tab completes, the arrow up brings back what you said. A backslash at the end of a line",
      "goes on in the next one. Ctrl-C interrupts the model; on an empty line, twice leaves.",
    );
  }
  return lines.join("\n");
}
