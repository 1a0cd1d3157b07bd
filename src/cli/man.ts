// Owns: the manual page, made from the same tree of commands as the help.

import type { Argument, Command, Option } from "commander";
import { errorTable } from "../base/errors.ts";
import { version } from "../base/version.ts";

/** The page as roff, for `man -l`. `program` has all commands in it. */
export function manPage(program: Command): string {
  const commands = commandsIn(program);
  return [
    `.TH HERMES 1 "" "hermes ${version}" "User Commands"`,
    ".SH NAME",
    `hermes \\- ${escaped(lowerFirst(program.description()).replace(/\.$/, ""))}`,
    ".SH SYNOPSIS",
    ".B hermes",
    "[\\fIoptions\\fR] \\fIcommand\\fR",
    ".SH DESCRIPTION",
    text(program.description()),
    ".PP",
    text("Without a further word, hermes kanban shows the board."),
    ".SH OPTIONS",
    ...program.options.flatMap(optionLines),
    ...program.commands.flatMap(groupLines),
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ".SH EXIT STATUS",
    ...exitLines(),
    ".SH ENVIRONMENT",
    ...environment.flatMap(([name, about]) => [".TP", `.B ${name}`, text(about)]),
    ".SH FILES",
    ".TP",
    ".I ~/.hermes/config.yaml",
    "The configuration.",
    ".TP",
    ".I ~/.hermes/kanban.db",
    "The default board.",
    "",
  ].join("\n");
}

const environment: readonly [name: string, about: string][] = [
  ["HERMES_HOME", "Replaces ~/.hermes."],
  ["HERMES_KANBAN_BOARD", "The board that commands go to."],
  ["NO_COLOR", "Any value turns colours off."],
  ["FORCE_COLOR", "Any value but 0 turns colours on where no terminal is."],
  ["COLUMNS", "The width of tables and of the board."],
  ["LC_ALL, LC_CTYPE, LANG", "A locale without Unicode gets symbols of ASCII, like --ascii."],
  ["HERMES_DEBUG", "Set to 1 to see where errors come from."],
];

/** Every command that does something, groups behind the commands beside them. */
function commandsIn(command: Command): Command[] {
  const groups = command.commands.filter((it) => it.commands.length > 0);
  const own = command.commands.filter((it) => it.commands.length === 0);
  return [...own, ...groups.flatMap(commandsIn)];
}

/** Options that all commands of a group take. */
function groupLines(group: Command): string[] {
  if (group.commands.length === 0 || group.options.length === 0) return [];
  return [
    ".PP",
    text(`All commands of ${pathOf(group)} also take:`),
    ...group.options.flatMap(optionLines),
  ];
}

function commandLines(command: Command): string[] {
  const examples = examplesOf(command);
  return [
    `.SS ${escaped([pathOf(command), ...command.registeredArguments.map(argumentWord)].join(" "))}`,
    text(command.description()),
    ...command.aliases().length > 0 ? [text(`Also: ${command.aliases().join(", ")}.`)] : [],
    ...command.registeredArguments.filter(({ description }) => description !== "")
      .flatMap((argument) => [
        ".TP",
        `.I ${escaped(argument.name())}`,
        text(withChoices(argument.description, argument.argChoices)),
      ]),
    ...command.options.flatMap(optionLines),
    ...examples.length > 0
      ? [".PP", ".nf", ...examples.map((it) => `  ${literal(it)}`), ".fi"]
      : [],
  ];
}

function optionLines(option: Option): string[] {
  return [
    ".TP",
    `.B ${escaped(option.flags)}`,
    text(withChoices(option.description, option.argChoices)),
  ];
}

function withChoices(description: string, choices: readonly string[] | undefined): string {
  return choices ? `${description}: ${choices.join(", ")}` : description;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function argumentWord(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Lines of the help text below its heading "Examples:". */
function examplesOf(command: Command): string[] {
  let help = "";
  command.configureOutput({ writeOut: (part) => help += part }).outputHelp();
  const at = help.lastIndexOf("\nExamples:\n");
  if (at < 0) return [];
  return help.slice(at).split("\n").slice(2).map((line) => line.trim()).filter((line) =>
    line !== ""
  );
}

/** Errors by the exit status they become. */
function exitLines(): string[] {
  const byStatus = new Map<number, string[]>();
  for (const [code, { exit }] of Object.entries(errorTable)) {
    byStatus.set(exit, [...byStatus.get(exit) ?? [], code.replaceAll("_", " ")]);
  }
  return [
    ".TP",
    ".B 0",
    "Done.",
    ...[...byStatus].sort(([one], [other]) => one - other).flatMap(([status, codes]) => [
      ".TP",
      `.B ${status}`,
      text(`${codes.join(", ")}.`),
    ]),
  ];
}

/** A line of running text. A dot or quote at its beginning would be a request to roff. */
function text(line: string): string {
  const safe = escaped(line.replace(/\s+/g, " ").trim());
  return /^[.']/.test(safe) ? `\\&${safe}` : safe;
}

/** A line of which nothing is hyphenated or turned into typographic marks. */
function literal(line: string): string {
  return escaped(line).replaceAll("'", "\\(aq").replaceAll("`", "\\(ga");
}

/** Words that roff prints as they are; what is no ASCII goes by its number. */
function escaped(words: string): string {
  return words.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha").replace(/[^\x20-\x7e]/gu, numbered);
}

function numbered(character: string): string {
  const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `\\[u${number}]`;
}

function lowerFirst(words: string): string {
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}
