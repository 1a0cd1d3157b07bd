// Owns: the commands that are no operation of the board: gateway, dashboard, chat and demo.

import { Argument, type Command } from "commander";
import { HermesError } from "../base/errors.ts";
import { writeOut } from "../platform/host_io.ts";
import type { GlobalOptions } from "./execute.ts";
import type { CliHost } from "./host.ts";

/** Shells for which there is a completion script. */
export const shells: readonly string[] = ["bash", "zsh", "fish", "powershell"];

interface ChatFlags {
  query?: string;
  skills?: string[];
  /** True when no chat is named. */
  resume?: string | true;
  list?: boolean;
  json?: boolean;
}

/** Adds the commands below `program`; `end` gets the exit status. */
export function addActions(
  program: Command,
  host: CliHost,
  end: (status: number) => void,
): void {
  const { actions } = host;
  const gateway = program.command("gateway").helpCommand(false)
    .description("The process that plans, dispatches and tells what happens.");
  const start = gateway.command("start")
    .description("Run the gateway in the foreground.")
    .option("--board <slug>", "Serve this board")
    .option("--no-dashboard", "Do not serve the dashboard")
    .option("--port <number>", "Port of the dashboard; 0 takes a free one", portOf)
    .option("--host <address>", "Address the dashboard binds to, to be reached from other machines")
    .addHelpText("after", examples("hermes gateway start", "hermes gateway start --no-dashboard"))
    .action(async () => {
      const { dashboard, host: hostname, port } = start.opts<
        { dashboard: boolean; host?: string; port?: number }
      >();
      end(await actions.startGateway({ ...globalsOf(start), dashboard, host: hostname, port }));
    });
  const dashboard = program.command("dashboard")
    .description("Serve the board in the browser, and open it.")
    .option("--board <slug>", "Show this board")
    .option("--port <number>", "Port; 0 takes a free one", portOf)
    .option("--host <address>", "Address to bind to, to be reached from other machines")
    .option("--no-open", "Only print the address")
    .addHelpText("after", examples("hermes dashboard", "hermes dashboard --port 0 --no-open"))
    .action(async () => {
      const { open, host: hostname, port } = dashboard.opts<
        { open: boolean; host?: string; port?: number }
      >();
      end(await actions.dashboard({ ...globalsOf(dashboard), open, host: hostname, port }));
    });
  const chat = program.command("chat")
    .description("Talk with an agent. What comes in through a pipe is said line by line.")
    .option("-q, --query <text>", "Ask this and print the answer; - asks what comes in")
    .option("--resume [id]", "Go on with an earlier chat, the newest unless one is named")
    .option("--list", "Print which chats there are")
    .option("--json", "Print the list as JSON for programs")
    .option("--skills <name>", "Skill to load (may be repeated)", collect)
    .option("--board <slug>", "Use this board")
    .addHelpText(
      "after",
      examples(
        "hermes chat",
        'hermes -p writer chat -q "Draft a release note"',
        "hermes chat --list",
        "hermes chat --resume 20300107-0915",
      ),
    )
    .action(async () => {
      const { query, skills, resume, list = false, json = false } = chat.optsWithGlobals<
        ChatFlags
      >();
      end(
        await actions.chat({
          ...globalsOf(chat),
          prompt: query === "-" ? await host.stdin() : query,
          skills: skills ?? [],
          resume: resume === true ? "" : resume,
          list,
          json,
        }),
      );
    });
  const mcp = program.command("mcp")
    .description("Serve the board to another agent over MCP, on standard input and output.")
    .option("--board <slug>", "Serve this board")
    .addHelpText("after", examples("claude mcp add hermes -- hermes mcp"))
    .action(async () => end(await actions.mcp(globalsOf(mcp))));
  const demo = program.command("demo")
    .description("Watch three ideas become finished work, with a scripted model.")
    .option("--keep", "Leave the files where they are")
    .option("--json", "Print JSON for programs")
    .addHelpText("after", examples("hermes demo", "hermes demo --keep"))
    .action(async () => {
      const { keep = false, json = false } = demo.opts<{ keep?: boolean; json?: boolean }>();
      end(await actions.demo({ keep, json, color: globalsOf(demo).color }));
    });
  program.command("completion")
    .description("Print a script that completes commands, ids and names in your shell.")
    .addArgument(new Argument("<shell>", "The shell").choices([...shells]))
    .addHelpText("after", examples("source <(hermes completion bash)", "hermes completion fish"))
    .action(async (shell: string) => {
      const { scripts } = await import("./completion/scripts.ts");
      writeOut(scripts[shell]!);
      end(0);
    });
  program.command("man")
    .description("Print the manual page.")
    .addHelpText("after", examples("hermes man | man -l -"))
    .action(async () => {
      const [{ manPage }, { wholeTree }] = await Promise.all([
        import("./man.ts"),
        import("./program.ts"),
      ]);
      writeOut(manPage(await wholeTree(host)));
      end(0);
    });
  // Workers are started with `--skills` before the command.
  program.option("--skills <name>", "Skill for chat to load (may be repeated)", collect);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new HermesError("usage", `Cannot use port "${text}": expected a number from 0 to 65535`);
}

function globalsOf(command: Command): { profile?: string; board?: string; color: boolean } {
  const { profile, board, color } = command.optsWithGlobals<GlobalOptions>();
  return { profile, board, color: color ?? true };
}

function collect(word: string, before: string[] | undefined): string[] {
  return [...before ?? [], word];
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
