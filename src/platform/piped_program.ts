// Owns: a program whose output is followed line by line while it runs.

import { errorText } from "../base/errors.ts";
import { endTree } from "./kill_tree.ts";
import { LineSplitter } from "./line_splitter.ts";
import { isAlive, type ProcessIdentity } from "./process.ts";
import { currentBootId, readProcess } from "./process_table.ts";
import { cannotStart, type ExitStatus, requireDirectory } from "./spawn.ts";
import { sleep } from "./timers.ts";

/** What {@link startPiped} starts. */
export interface PipedOptions {
  argv: readonly string[];
  /** Working directory; must exist. */
  cwd: string;
  /** The whole environment of the program. */
  env: Record<string, string>;
  /** Text for standard input, which is empty by default. */
  input?: string | null;
  /** Called for every line, without its end; a line longer than a few MB comes in parts. */
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

/** A program that runs. */
export interface PipedProgram {
  /** Resolves once it has ended and its output is read. What it left in the background is not waited for. */
  ended: Promise<ExitStatus>;
  /**
   * Ends it with all that it started: `signal` first, after `graceMs` milliseconds by force. What carries
   * `marker` in its environment counts as started by it.
   */
  end(signal: "SIGTERM" | "SIGINT" | "SIGHUP", graceMs: number, marker?: string): Promise<void>;
}

/** Milliseconds that output is awaited after the program itself has ended. */
const drainMs = 1000;

/**
 * Starts a program in a process group of its own.
 *
 * @throws HermesError `unavailable` when it cannot be started, `io` when the working directory is missing.
 */
export async function startPiped(options: PipedOptions): Promise<PipedProgram> {
  const { argv, cwd, env, input = null, onLine } = options;
  await requireDirectory(cwd);
  const child = spawn(argv, cwd, env, input !== null);
  const identity = {
    pid: child.pid,
    startTime: readProcess(child.pid)?.startTime ?? "",
    bootId: currentBootId(),
  };
  const readers = [child.stdout.getReader(), child.stderr.getReader()] as const;
  const read = Promise.all([
    follow(readers[0], (line) => onLine(line, "stdout")),
    follow(readers[1], (line) => onLine(line, "stderr")),
  ]);
  const fed = input === null ? undefined : feed(child, input);
  const over = new AbortController();
  const ended = (async (): Promise<ExitStatus> => {
    const status = await child.status;
    await Promise.race([read, sleep(drainMs, over.signal).catch(() => {})]);
    over.abort();
    await Promise.all(readers.map((reader) => reader.cancel().catch(() => {})));
    await Promise.all([read, fed]);
    return { code: status.signal ? null : status.code, signal: status.signal };
  })();
  return {
    ended,
    async end(signal, graceMs, marker) {
      if (signal !== "SIGTERM") await ask(child, identity, signal, graceMs);
      await endTree({ identity, marker, graceMs: signal === "SIGTERM" ? graceMs : 200 });
    },
  };
}

function spawn(
  argv: readonly string[],
  cwd: string,
  env: Record<string, string>,
  hasInput: boolean,
): Deno.ChildProcess {
  const [program = "", ...args] = argv;
  try {
    return new Deno.Command(program, {
      args,
      cwd,
      env,
      clearEnv: true,
      detached: true,
      stdin: hasInput ? "piped" : "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (thrown) {
    throw cannotStart(program, thrown);
  }
}

async function follow(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  const lines = new LineSplitter(onLine);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      lines.add(value);
    }
  } catch (thrown) {
    onLine(`[output broke off: ${errorText(thrown)}]`);
  }
  lines.end();
}

async function feed({ stdin }: Deno.ChildProcess, input: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch {
    // A program that does not read its input to the end is no failure.
  }
}

/** Asks the program itself, and waits for it to go. */
async function ask(
  child: Deno.ChildProcess,
  identity: ProcessIdentity,
  signal: Deno.Signal,
  graceMs: number,
): Promise<void> {
  if (!isAlive(identity)) return;
  try {
    child.kill(signal);
  } catch {
    return;
  }
  const enough = new AbortController();
  await Promise.race([child.status, sleep(graceMs, enough.signal).catch(() => {})]);
  enough.abort();
}
