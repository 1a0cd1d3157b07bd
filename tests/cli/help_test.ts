// Owns: the proof that every command explains itself, in its help and in the manual.

import assert from "node:assert/strict";
import type { Command } from "commander";
import { manPage } from "../../src/cli/man.ts";
import { wholeTree } from "../../src/cli/program.ts";
import type { CliHost } from "../../src/cli/host.ts";
import { registry } from "../../src/ops/registry.ts";
import { inWorld } from "../harness/program.ts";

function tree(): Promise<Command> {
  return wholeTree({ env: {} } as CliHost);
}

/** Commands that do something, by their words. */
function commandsOf(command: Command, before = ""): [words: string, command: Command][] {
  const words = `${before} ${command.name()}`.trim();
  if (command.commands.length === 0) return [[words, command]];
  return command.commands.flatMap((inner) => commandsOf(inner, words));
}

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => help += text }).outputHelp();
  return help;
}

Deno.test("S-192 every command has a summary, an example that runs it, and words for every option and argument", async () => {
  const commands = commandsOf(await tree());
  const words = commands.map(([name]) => name);
  for (const { group, verb } of registry) {
    assert.ok(words.includes(`hermes ${group} ${verb}`), verb);
  }
  for (const action of ["gateway start", "chat", "demo", "completion", "man"]) {
    assert.ok(words.includes(`hermes ${action}`), action);
  }
  for (const [name, command] of commands) {
    assert.match(command.description(), /^[A-Z].*\.$/, name);
    const help = helpOf(command);
    const examples = help.split("\nExamples:\n")[1]?.trim().split("\n") ?? [];
    const spellings = [command.name(), ...command.aliases()];
    assert.ok(
      examples.some((line) => spellings.some((it) => new RegExp(`\\b${it}\\b`).test(line))),
      `${name} has no example`,
    );
    for (const example of examples) assert.match(example, /\bhermes\b/, `${name}: ${example}`);
    for (const option of command.options) {
      assert.notEqual(option.description, "", `${name} ${option.flags}`);
    }
    for (const argument of command.registeredArguments) {
      assert.notEqual(argument.description, "", `${name} ${argument.name()}`);
    }
  }
});

Deno.test("the manual names every command and option, in roff of plain ASCII without stray requests", async () => {
  const program = await tree();
  const page = manPage(program);
  // deno-lint-ignore no-control-regex -- what is no ASCII is looked for
  assert.doesNotMatch(page, /[^\x00-\x7f]/);
  assert.match(page, /^\.TH HERMES 1 /);
  const headings = page.split("\n").filter((line) => line.startsWith(".SS "));
  const commands = commandsOf(program);
  assert.equal(headings.length, commands.length);
  for (const [name, command] of commands) {
    assert.ok(headings.some((line) => line.startsWith(`.SS ${name.replaceAll("-", "\\-")}`)), name);
    for (const { flags } of command.options) {
      assert.ok(page.includes(`.B ${flags.replaceAll("-", "\\-")}`), `${name} ${flags}`);
    }
  }
  assert.match(page, /All commands of hermes kanban also take:\n\.TP\n\.B \\-\\-json/);
  const requests = page.match(/^[.'].*$/gm) ?? [];
  for (const request of requests) {
    assert.match(request, /^\.(TH|SH|SS|TP|PP|B|I|nf|fi)( |$)/, "text that looks like a request");
  }
  assert.equal(page.match(/^\.nf$/gm)?.length, page.match(/^\.fi$/gm)?.length);
});

Deno.test("hermes man prints the page, and COLUMNS sets the width of help", () =>
  inWorld(async ({ ok, home }) => {
    assert.match(
      (await ok(["man"])).stdout,
      /^\.TH HERMES 1[\s\S]*\.SS hermes kanban complete <id\.\.\.>/,
    );
    const narrow = await ok(["kanban", "create", "--help"], { env: { COLUMNS: "75" } });
    for (const line of narrow.stdout.split("\n\nExamples:")[0]!.split("\n")) {
      assert.ok(line.length <= 75, line);
    }
    await assert.rejects(Deno.stat(home), Deno.errors.NotFound, "reading makes no home");
  }));
