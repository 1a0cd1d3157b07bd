// Owns: answering a shell that asks what could come next on a command line.

import type { Argument, Command, Option } from "commander";
import type { NamedThing } from "../../ops/runs/candidates.ts";
import { oneLine } from "../terminal.ts";
import { findPlace, type Next, type Place } from "./place.ts";
import { type Answer, matching, type Suggestion } from "./suggestion.ts";

/** Names that only the home and the board know. */
export interface NameSource {
  tasks(beginning: string): Promise<NamedThing[]>;
  profiles(): Promise<NamedThing[]>;
  /** Those that the profile can load. */
  skills(): Promise<NamedThing[]>;
  templates(): Promise<NamedThing[]>;
  /** Whom a task may be given to. */
  assignees(): Promise<NamedThing[]>;
  boards(): Promise<NamedThing[]>;
  eventKinds(): Promise<NamedThing[]>;
}

const nothing: Answer = { kind: "words", suggestions: [] };

/**
 * What could come at the end of a command line.
 *
 * @param words the words before the one at the cursor, without the program's own.
 * @param typed what of the word at the cursor there is already.
 * @param names opens the home and the board that the command line names.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  typed: string,
  names: (place: Place) => Promise<NameSource>,
): Promise<Answer> {
  const place = findPlace(program, words, typed);
  const { next } = place;
  switch (next.kind) {
    case "nothing":
      return nothing;
    case "option":
      return answerWords(next.options.flatMap(flagsOf), typed);
    case "command":
      return answerWords(next.commands.map(commandWord), typed);
    case "argument":
      return await valuesAnswer(place, next, typed, () => names(place));
    case "value":
      return prefixed(next.before, await valuesAnswer(place, next, next.typed, () => names(place)));
  }
}

function answerWords(suggestions: readonly Suggestion[], typed: string): Answer {
  return { kind: "words", suggestions: matching(suggestions, typed) };
}

/** With the flag in front again where flag and value are one word. */
function prefixed(before: string, answer: Answer): Answer {
  if (before === "" || answer.kind !== "words") return answer;
  const suggestions = answer.suggestions.map(({ value, about }) => ({
    value: before + value,
    about,
  }));
  return { kind: "words", suggestions };
}

function flagsOf(option: Option): Suggestion[] {
  const about = oneLine(option.description);
  return option.long ? [{ value: option.long, about }] : [];
}

function commandWord(command: Command): Suggestion {
  return { value: command.name(), about: oneLine(command.description()) };
}

type Asked = Extract<Next, { kind: "argument" | "value" }>;

async function valuesAnswer(
  { command }: Place,
  asked: Asked,
  typed: string,
  names: () => Promise<NameSource>,
): Promise<Answer> {
  const thing = asked.kind === "argument" ? asked.argument : asked.option;
  if (thing.argChoices) return answerWords(thing.argChoices.map(bare), typed);
  switch (meaningOf({ command, thing })) {
    case "task":
      return await answerNames(typed, async () => (await names()).tasks(typed));
    case "profile":
      return await answerNames(typed, async () => (await names()).profiles());
    case "assignee":
      return await answerNames(typed, async () => (await names()).assignees());
    case "board":
      return await answerNames(typed, async () => (await names()).boards());
    case "skill":
      return await answerNames(typed, async () => (await names()).skills());
    case "template":
      return await answerNames(typed, async () => (await names()).templates());
    case "kinds":
      return await answerList(typed, async () => (await names()).eventKinds());
    case "place":
      return /^(dir|worktree):/.test(typed) ? { kind: "folders" } : answerWords(places, typed);
    case "file":
      return { kind: "files" };
    case "folder":
      return { kind: "folders" };
    default:
      return nothing;
  }
}

type Meaning =
  | "task"
  | "profile"
  | "assignee"
  | "board"
  | "skill"
  | "template"
  | "kinds"
  | "place"
  | "file"
  | "folder";

/** What the names of arguments and options stand for, in every command that has them. */
const meanings: Readonly<Record<string, Meaning>> = {
  id: "task",
  parent: "task",
  child: "task",
  parents: "task",
  ids: "task",
  profile: "profile",
  assignee: "assignee",
  author: "profile",
  createdBy: "profile",
  orchestrator: "profile",
  defaultAssignee: "profile",
  skill: "skill",
  template: "template",
  slug: "board",
  board: "board",
  kinds: "kinds",
  workspace: "place",
  file: "file",
  path: "folder",
  defaultWorkdir: "folder",
};

const places: readonly Suggestion[] = [
  { value: "scratch", about: "A fresh folder" },
  { value: "worktree", about: "A worktree of the board's own repository" },
  { value: "worktree:", about: "A worktree of the repository at a path" },
  { value: "dir:", about: "An existing folder" },
];

function meaningOf({ command, thing }: { command: Command; thing: Argument | Option }) {
  const name = "attributeName" in thing ? thing.attributeName() : thing.name();
  // What `profile show` calls a name is a profile's; what `profile create` does is a new one.
  if (name === "name" && command.parent?.name() === "profile") {
    return command.name() === "create" ? undefined : "profile";
  }
  if (command.parent?.name() === "skills") {
    if (name === "source") return "folder";
    // What a repository holds is not known before it is fetched.
    if (command.name() === "install") return undefined;
    if (name === "name") return "skill";
  }
  // As an argument, a profile is one that gets a task.
  if (name === "profile" && !("attributeName" in thing)) return "assignee";
  return meanings[name];
}

async function answerNames(typed: string, read: () => Promise<NamedThing[]>): Promise<Answer> {
  const found = await read();
  return answerWords(
    found.map(({ name, about }) => ({ value: name, about: oneLine(about) })),
    typed,
  );
}

/** Values with commas between them: the last one is being typed. */
async function answerList(typed: string, read: () => Promise<NamedThing[]>): Promise<Answer> {
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const given = before.split(",");
  const rest = (await read()).filter(({ name }) => !given.includes(name));
  return prefixed(
    before,
    answerWords(rest.map(({ name }) => bare(name)), typed.slice(before.length)),
  );
}

function bare(value: string): Suggestion {
  return { value, about: "" };
}
