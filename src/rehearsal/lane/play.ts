// Owns: a stand-in for a foreign program: it prints what a script says and may report through MCP. It is no agent.

import { readTextIfExists } from "../../platform/files.ts";
import { sleep } from "../../platform/timers.ts";
import { callTool, findServer } from "./mcp_call.ts";

/** What the stand-in does, in this order. */
export interface LaneScript {
  /** Lines printed first. */
  stdout?: string[];
  stderr?: string[];
  /** Bytes of no meaning printed next. */
  noise?: boolean;
  /** So many lines of so many characters. */
  flood?: { lines: number; width: number };
  /** A tool of the board that is called then. */
  report?: { tool: string; arguments: Record<string, unknown> };
  /** Lines printed after the report. */
  after?: string[];
  /** Does not end by itself. */
  hang?: boolean;
  exit?: number;
}

/** What the stand-in may use. */
export interface LanePlayPorts {
  env: Readonly<Record<string, string>>;
  stdin(): Promise<string>;
  out(text: string): void;
  err(text: string): void;
}

/**
 * Plays the script in the file that the first word names; the other words are those a real program would have got.
 *
 * @returns the exit status.
 */
export async function playLane(words: readonly string[], ports: LanePlayPorts): Promise<number> {
  const [file = "", ...args] = words;
  const text = await readTextIfExists(file);
  if (text === null) {
    ports.err(`lane-fake: there is no script "${file}"\n`);
    return 2;
  }
  const script: LaneScript = JSON.parse(text);
  const { stdout = [], stderr = [], after = [] } = script;
  // A program that leaves its input unread may end before it was given.
  await ports.stdin();
  for (const line of stdout) ports.out(`${line}\n`);
  for (const line of stderr) ports.err(`${line}\n`);
  if (script.noise) ports.out(noise());
  if (script.flood) flood(script.flood, ports.out);
  if (script.report) {
    const server = await findServer(args, ports.env);
    if (server === null) {
      ports.err("lane-fake: nothing in the command line or the environment names an MCP server\n");
      return 2;
    }
    const answer = await callTool(server, script.report.tool, script.report.arguments);
    if (answer.failed) {
      ports.err(`lane-fake: ${script.report.tool} was refused: ${answer.text}\n`);
      return 2;
    }
  }
  for (const line of after) ports.out(`${line}\n`);
  if (script.hang) await sleep(600_000);
  return script.exit ?? 0;
}

function flood(
  { lines, width }: { lines: number; width: number },
  out: (text: string) => void,
): void {
  const line = `${"flood ".repeat(Math.ceil(width / 6)).slice(0, width)}\n`;
  for (let count = 0; count < lines; count++) out(line);
}

/** Half JSON, control characters, things that look like fields and are none. */
function noise(): string {
  const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");
  return [
    '{"type":"result","result":',
    '}{"type":[],"session_id":{"a":1}}',
    '{"type":"result","usage":"none","result":null}',
    "null",
    "[1,2",
    control,
    "\u202e\ufeff�\ud83d",
    "{".repeat(5000),
  ].join("\n") + "\n";
}
