// Owns: turning an operation into a command: its arguments, options and help.

import { Argument, Command, Option } from "commander";
import type { AnyOperation, CliField, CliOverlay } from "../ops/define.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { readValue, type ValueSources } from "./values.ts";

/** Adds the operation as a command below `parent`; `act` gets one input per run, in the order typed. */
export function addVerb(
  parent: Command,
  operation: AnyOperation,
  aliases: readonly string[],
  sources: ValueSources,
  act: (inputs: Record<string, unknown>[]) => Promise<void>,
): Command {
  const overlay: CliOverlay = operation.cli ?? { examples: [] };
  const fields = fieldsOf(operation.input);
  const positional = (overlay.args ?? []).map((arg) => {
    const name = arg.replace(/\.\.\.$/, "");
    return { field: fields.find((field) => field.name === name)!, variadic: name !== arg };
  });
  const verb = parent.command(operation.name).aliases([...aliases])
    .description(`${operation.summary}.`);
  for (const { field, variadic } of positional) {
    verb.addArgument(argumentFor(field, overlay.fields?.[field.name], variadic));
  }
  const optional = fields.filter((field) =>
    !positional.some((arg) => arg.field === field) && !overlay.fields?.[field.name]?.hidden
  );
  for (const field of optional) verb.addOption(optionFor(field, overlay.fields?.[field.name]));
  if (overlay.eachFlag) {
    verb.addOption(new Option(`--${overlay.eachFlag} <ids...>`, "Further ids"));
  }
  if (overlay.live) verb.option("--live", "Stay on the screen, follow the board, listen to keys");
  verb.addHelpText("after", `\nExamples:\n${overlay.examples.map((it) => `  ${it}\n`).join("")}`);
  verb.action(async (...parameters: unknown[]) => {
    const words = parameters.slice(0, positional.length) as (string | string[] | undefined)[];
    const input: Record<string, unknown> = {};
    const eachValues: string[] = [];
    for (const [index, { field }] of positional.entries()) {
      const word = words[index];
      if (word === undefined || word.length === 0) continue;
      if (field.name === overlay.each) eachValues.push(...[word].flat());
      else await fill(input, field, overlay, typedText(field, word), sources);
    }
    const options = verb.opts();
    if (overlay.eachFlag) eachValues.push(...(options[overlay.eachFlag] as string[] ?? []));
    for (const field of optional) {
      const value = options[keyOf(field, overlay.fields?.[field.name])];
      if (typeof value === "boolean") input[field.name] = value;
      else if (value !== undefined) await fill(input, field, overlay, value, sources);
    }
    const inputs = overlay.each
      ? [...new Set(eachValues)].map((value) => ({ ...input, [overlay.each!]: value }))
      : [input];
    await act(inputs);
  });
  return verb;
}

/** Words of a positional text are one text. */
function typedText(field: Field, word: string | string[]): string | string[] {
  return Array.isArray(word) && field.kind !== "list" ? word.join(" ") : word;
}

async function fill(
  input: Record<string, unknown>,
  field: Field,
  overlay: CliOverlay,
  typed: string | readonly string[],
  sources: ValueSources,
): Promise<void> {
  Object.assign(input, await readValue(field, overlay.fields?.[field.name], typed, sources));
}

function argumentFor(field: Field, overlay: CliField | undefined, variadic: boolean): Argument {
  const name = `${overlay?.name ?? field.name}${variadic ? "..." : ""}`;
  const argument = new Argument(field.required ? `<${name}>` : `[${name}]`, field.description);
  return field.kind === "choice" ? argument.choices([...field.choices]) : argument;
}

function optionFor(field: Field, overlay: CliField | undefined): Option {
  const short = overlay?.short ? `-${overlay.short}, ` : "";
  const flag = `${short}--${overlay?.flag ?? field.name.replaceAll("_", "-")}`;
  if (field.kind === "flag") return new Option(flag, field.description);
  const option = new Option(`${flag} <${placeholder(field, overlay)}>`, describe(field));
  if (field.kind === "choice" && !overlay?.parse) option.choices([...field.choices]);
  if (field.kind === "list") {
    option.argParser((word: string, before: string[] | undefined) => [...before ?? [], word]);
  }
  return option;
}

/** The name under which commander files the option's value. */
function keyOf(field: Field, overlay: CliField | undefined): string {
  return optionFor(field, overlay).attributeName();
}

function describe(field: Field): string {
  const notes = [
    ...(field.kind === "list" ? ["may be repeated"] : []),
    ...(field.fallback === undefined || field.fallback === "" ? [] : [`default ${field.fallback}`]),
  ];
  return notes.length > 0 ? `${field.description} (${notes.join(", ")})` : field.description;
}

function placeholder(field: Field, overlay: CliField | undefined): string {
  switch (overlay?.parse) {
    case "assignee":
      return "profile";
    case "duration":
      return "duration";
    case "moment":
      return "time";
    case "money":
      return "dollars";
    case "content":
    case "path":
      return "path";
    case "workspace":
      return "place";
  }
  switch (field.kind) {
    case "number":
      return "n";
    case "object":
      return "json";
    case "choice":
      return field.name;
    default:
      return "text";
  }
}
