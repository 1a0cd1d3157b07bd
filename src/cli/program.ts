// Owns: the tree of commands, with only those operations in it that the command line needs.

import { Command, CommanderError } from "commander";
import { errorTable, HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { envNames } from "../config/env_names.ts";
import { type Entry, findEntry, registry } from "../ops/registry.ts";
import { addActions } from "./actions.ts";
import { execute, type GlobalOptions } from "./execute.ts";
import type { CliHost } from "./host.ts";
import { addLaneRun, laneRun } from "./lane_actions.ts";
import { outputOf } from "./output.ts";
import { type Route, route } from "./route.ts";
import { columnsOf } from "./terminal.ts";
import { addVerb } from "./verb.ts";

const usageStatus = errorTable.usage.exit;

/** A group inside of another comes after it. */
const groups: Readonly<Record<Entry["group"], string>> = {
  kanban: "The task board. Without a command it is shown; --live keeps it on the screen.",
  "kanban boards": "The boards of this home: one queue per project.",
  "kanban plan": "Proposed graphs: look at them, change them, approve or discard them.",
  profile: "The agents of the team.",
  skills: "Know-how that profiles and tasks load.",
  lanes: "The programs that work as a profile: the built-in agent or any other.",
};

/**
 * Parses a command line and runs what it says.
 *
 * @returns the exit status.
 * @throws HermesError `usage` for a command line that cannot be understood, and what the command throws.
 */
export async function runProgram(route: Route, host: CliHost): Promise<number> {
  let status = 0;
  if (route.group === "kanban" && route.verb === undefined && !route.help) goOnWith(route, "board");
  const { program, ready } = await buildProgram(route, host, (code) => status = code);
  if (!ready) {
    outputOf(host).err(program.helpInformation());
    return usageStatus;
  }
  try {
    await program.parseAsync(route.argv, { from: "user" });
    return status;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    if (thrown.code !== "commander.help") throw usageError(thrown, route);
    // A group without a command: commander wanted to print help.
    outputOf(host).err(commandOf(program, route.group)?.helpInformation() ?? "");
    return usageStatus;
  }
}

/** Puts the verb in that is meant where none was typed. */
function goOnWith(route: Route, verb: string): void {
  route.argv.splice(route.behind, 0, verb);
  route.verb = verb;
}

/** The tree of all commands; the operations in it are those the words could go on with. It runs nothing. */
export async function commandTree(route: Route, host: CliHost): Promise<Command> {
  const { program } = await buildProgram(route, host, () => {});
  return program.parent?.parent ?? program.parent ?? program;
}

/** The tree with every operation in it, as a manual wants it. It runs nothing. */
export async function wholeTree(host: CliHost): Promise<Command> {
  const program = await commandTree(route([]), host);
  for (const entry of registry) {
    await addEntry(commandOf(program, entry.group)!, entry, host, () => {});
  }
  return program;
}

/** The tree; `ready` is false when the words name a group and no command of it. */
async function buildProgram(
  route: Route,
  host: CliHost,
  end: (status: number) => void,
): Promise<{ program: Command; ready: boolean }> {
  const program = new Command("hermes");
  settle(program, host);
  program
    .description("A durable task board for a team of agents, and the dispatcher that runs them.")
    .option("-p, --profile <name>", "Act as this profile")
    .option("--no-color", "Print without colours")
    .option("--ascii", "Draw with ASCII characters only")
    .option("-V, --version", "Print the version");
  for (const [group, description] of Object.entries(groups)) addGroup(program, group, description);
  addActions(program, host, end);
  const { group, verb } = route;
  if (group === laneRun) addLaneRun(program, host, end);
  if (group === undefined) {
    // Only global options: commander has nothing to run and would say nothing.
    if (!route.help && route.argv.length === 0) route.argv.push("--help");
    return { program, ready: true };
  }
  const command = commandOf(program, group);
  if (!command) throw unknownWord("command", group, program.commands.map((it) => it.name()));
  if (!isGroup(group)) return { program, ready: true };
  if (verb === undefined) {
    for (const entry of registry) {
      if (entry.group === group) await addEntry(command, entry, host, end);
    }
    return { program: command, ready: route.help };
  }
  const entry = findEntry(group, verb);
  if (!entry) throw unknownWord(`${group} command`, verb, wordsOf(group));
  await addEntry(command, entry, host, end);
  return { program, ready: true };
}

function addGroup(program: Command, group: string, description: string): void {
  const words = group.split(" ");
  const parent = commandOf(program, words.slice(0, -1).join(" ")) ?? program;
  const command = parent.command(words.at(-1)!).description(description).helpCommand(false);
  if (parent === program) command.option("--json", "Print JSON for programs");
  if (group === "kanban") command.option("--board <slug>", "Use this board");
}

/** The command that one or more words name. */
function commandOf(program: Command, words: string | undefined): Command | undefined {
  let command: Command | undefined = program;
  for (const word of words?.split(" ") ?? []) {
    command = command?.commands.find((it) => it.name() === word);
  }
  return command === program ? undefined : command;
}

function isGroup(words: string | undefined): words is Entry["group"] {
  return words !== undefined && words in groups;
}

/** Settings that commander hands down to commands made later. */
function settle(program: Command, host: CliHost): void {
  const output = outputOf(host);
  program
    .exitOverride()
    .configureOutput({
      writeOut: output.out,
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => columnsOf(host.env) ?? output.columns() ?? 100,
    })
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "Print this help")
    .helpCommand(false)
    .showSuggestionAfterError(true);
}

async function addEntry(
  group: Command,
  entry: Entry,
  host: CliHost,
  end: (status: number) => void,
): Promise<void> {
  const operation = await entry.load();
  const sources = { home: host.env[envNames.userHome], stdin: host.stdin };
  const verb = addVerb(group, operation, entry.aliases ?? [], sources, async (inputs) => {
    end(await execute(operation, inputs, verb.optsWithGlobals<GlobalOptions>(), host));
  });
}

function wordsOf(group: Entry["group"]): string[] {
  const verbs = registry.filter((entry) => entry.group === group)
    .flatMap((entry) => [entry.verb, ...entry.aliases ?? []]);
  const inside = Object.keys(groups).filter((it) => it.startsWith(`${group} `));
  return [...verbs, ...inside.map((it) => it.slice(group.length + 1))];
}

function unknownWord(kind: string, word: string, known: readonly string[]): HermesError {
  const close = suggest(word, known);
  const group = kind.replace(/command$/, "");
  return new HermesError("usage", `Cannot run "${word}": unknown ${kind}`, {
    remedy: close
      ? `Did you mean "${close}"? All commands: hermes ${group}--help`
      : `All commands: hermes ${group}--help`,
  });
}

/** The parser's complaint in the product's words. */
function usageError({ message }: CommanderError, { group, verb }: Route): HermesError {
  const [first = "", hint] = message.replace(/^error: /, "").split("\n");
  const suggestion = /Did you mean (?:one of )?(.+?)\?\)?$/.exec(hint ?? "")?.[1];
  const known = isGroup(group) && verb && findEntry(group, verb);
  const help = `See: hermes ${[group, ...known ? [verb] : []].join(" ")} --help`;
  return new HermesError("usage", `Cannot read the command line: ${first}`, {
    remedy: suggestion ? `Did you mean ${suggestion}? ${help}` : help,
  });
}
