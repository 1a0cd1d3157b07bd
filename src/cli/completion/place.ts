// Owns: finding out what a half-typed command line is about to say at its end.

import type { Argument, Command, Option } from "commander";

/** What comes next: the value of an option, an option, a command, an argument, or nothing. */
export type Next =
  | { kind: "value"; option: Option; typed: string; before: string }
  | { kind: "option"; options: readonly Option[] }
  | { kind: "command"; commands: readonly Command[] }
  | { kind: "argument"; argument: Argument }
  | { kind: "nothing" };

/** The place at the end of a command line. */
export interface Place {
  command: Command;
  next: Next;
  /** Values of `--board` and `--profile` that were given already. */
  board?: string;
  profile?: string;
}

/** Reads the words before the cursor's, then the cursor's own as far as it is typed. */
export function findPlace(program: Command, words: readonly string[], typed: string): Place {
  const place: Place = { command: program, next: { kind: "nothing" } };
  let pending: Option | undefined;
  let literal = false;
  let count = 0;
  for (const word of words) {
    if (pending) {
      keep(place, pending, word);
      pending = undefined;
    } else if (literal) count++;
    else if (word === "--") literal = true;
    else if (word.startsWith("-")) {
      const [flag, value] = splitOption(word);
      const option = optionsOf(place.command).find((it) => isFlag(it, flag));
      if (option && value !== undefined) keep(place, option, value);
      else if (option && takesValue(option)) pending = option;
    } else {
      const inside = count === 0
        ? place.command.commands.find((it) => isCalled(it, word))
        : undefined;
      if (inside) place.command = inside;
      else count++;
    }
  }
  place.next = pending
    ? { kind: "value", option: pending, typed, before: "" }
    : nextWord(place.command, typed, literal, count);
  return place;
}

function nextWord(command: Command, typed: string, literal: boolean, count: number): Next {
  if (!literal && typed.startsWith("-")) {
    const [flag, value] = splitOption(typed);
    const options = optionsOf(command);
    if (value === undefined) return { kind: "option", options };
    const option = options.find((it) => isFlag(it, flag) && takesValue(it));
    return option
      ? { kind: "value", option, typed: value, before: `${flag}=` }
      : { kind: "nothing" };
  }
  if (command.commands.length > 0 && count === 0) {
    return { kind: "command", commands: command.commands };
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[count] ?? (last?.variadic ? last : undefined);
  if (argument) return { kind: "argument", argument };
  return literal ? { kind: "nothing" } : { kind: "option", options: optionsOf(command) };
}

/** Options of a command and of all that it lies in, its own first. */
function optionsOf(command: Command): Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent ? [...own, ...inherited(command.parent)] : own;
}

function inherited(command: Command): Option[] {
  const further = command.parent ? inherited(command.parent) : [];
  return [...command.options.filter((option) => !option.hidden), ...further];
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

function isCalled(command: Command, word: string): boolean {
  return command.name() === word || command.aliases().includes(word);
}

function isFlag(option: Option, word: string): boolean {
  return option.long === word || option.short === word;
}

/** `--flag=value` in two parts. */
function splitOption(word: string): [flag: string, value: string | undefined] {
  const at = word.startsWith("--") ? word.indexOf("=") : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function keep(place: Place, option: Option, value: string): void {
  if (option.long === "--board") place.board = value;
  if (option.long === "--profile") place.profile = value;
}
