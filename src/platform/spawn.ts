// Owns: starting other programs: detached workers that write to a log, and commands we wait for.

import { errorText, HermesError } from "../base/errors.ts";
import { CapturedOutput } from "./captured_output.ts";
import { ioError, osErrorCode } from "./io_error.ts";
import { endTree } from "./kill_tree.ts";
import type { ProcessIdentity } from "./process.ts";
import { currentBootId, readProcess } from "./process_table.ts";
import { sleep } from "./timers.ts";

const notExecutable = {
  reason: "the file is not executable",
  remedy: "Make it executable (chmod +x) or name another program.",
};

const startFailures: Record<string, { reason: string; remedy: string }> = {
  ENOENT: {
    reason: "no such program",
    remedy: "Install it, add its folder to PATH, or give its full path.",
  },
  EACCES: notExecutable,
  // What older releases of Deno make of EACCES.
  EPERM: notExecutable,
};

/** How a process ended: by itself with `code` (0..255), or by a signal such as `SIGKILL`. */
export interface ExitStatus {
  code: number | null;
  signal: string | null;
}

/** A started process. It outlives this one; nothing here keeps this process running. */
export interface SpawnedProcess {
  identity: ProcessIdentity;
  /** Resolves when the process has ended. Never rejects, and does not hold the event loop. */
  exited: Promise<ExitStatus>;
}

/** What {@link spawnDetached} starts. */
export interface DetachedOptions {
  /** The program and its arguments. */
  argv: string[];
  /** Working directory; must exist. */
  cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  env: Record<string, string>;
  /** File that receives stdout and stderr, appended; created when missing. */
  logPath: string;
}

/**
 * Starts a program in a session and process group of its own, with no input and its output appended
 * to a log.
 *
 * @throws HermesError `unavailable` when the program cannot be started, `io` when the working
 * directory is missing or the log cannot be opened.
 */
export async function spawnDetached(options: DetachedOptions): Promise<SpawnedProcess> {
  const { argv, cwd, env, logPath } = options;
  const program = programOf(argv);
  await requireDirectory(cwd);
  const { spawn } = await import("node:child_process");
  const { closeSync, openSync } = await import("node:fs");
  const log = openLog(openSync, logPath);
  try {
    const child = spawn(program, argv.slice(1), {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", log, log],
    });
    // Read before anything is awaited: until then even a program that ended at once has its entry.
    const startTime = child.pid === undefined ? "" : readProcess(child.pid)?.startTime ?? "";
    const exited = new Promise<ExitStatus>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
    });
    if (child.pid === undefined) {
      const failure = await new Promise((resolve) => child.once("error", resolve));
      throw cannotStart(program, failure);
    }
    child.on("error", () => {});
    child.unref();
    return { identity: { pid: child.pid, startTime, bootId: currentBootId() }, exited };
  } catch (thrown) {
    throw cannotStart(program, thrown);
  } finally {
    closeSync(log);
  }
}

/** What {@link runCommand} runs. */
export interface CommandOptions {
  /** The program and its arguments; no shell is involved. */
  argv: string[];
  /** Working directory; this process's own by default. */
  cwd?: string;
  /** The whole environment of the command; by default that of this process. */
  env?: Record<string, string>;
  /** Text for standard input, which is empty by default. */
  input?: string;
  /** The command and all it started are ended after this many seconds. */
  timeoutSeconds: number;
  /** Most bytes kept of each of stdout and stderr: half from the start, half from the end. */
  maxOutputBytes: number;
  /** Ends the command early. */
  signal?: AbortSignal;
}

/** What a command did. */
export interface CommandResult extends ExitStatus {
  stdout: string;
  stderr: string;
  /** It was ended because its time was over. */
  timedOut: boolean;
  /** Some output was dropped; the texts say where and how much. */
  truncated: boolean;
}

/** Grace between asking a command to end and killing it, in milliseconds. */
const commandGraceMs = 500;
/** How long output is awaited after the command itself has ended, in milliseconds. */
const drainMs = 250;

/**
 * Runs a command to its end and returns its output. Programs that it leaves running in the
 * background stay, but are no longer listened to.
 *
 * @throws HermesError `unavailable` when the program cannot be started, `io` when the working
 * directory is missing; the reason of `options.signal` when that is aborted.
 */
export async function runCommand(options: CommandOptions): Promise<CommandResult> {
  const { argv, cwd, input, signal } = options;
  signal?.throwIfAborted();
  const program = programOf(argv);
  if (cwd !== undefined) await requireDirectory(cwd);
  const child = startCommand(program, options);
  const identity = identityOf(child.pid);
  const stdout = new CapturedOutput(options.maxOutputBytes);
  const stderr = new CapturedOutput(options.maxOutputBytes);
  const readers = [child.stdout.getReader(), child.stderr.getReader()] as const;
  const drained = Promise.all([drain(readers[0], stdout), drain(readers[1], stderr)]);
  const fed = input === undefined ? undefined : feed(child.stdin, input);

  const over = new AbortController();
  let timedOut = false;
  let ending: Promise<unknown> | undefined;
  const end = () => ending ??= endTree({ identity, graceMs: commandGraceMs });
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, Math.min(options.timeoutSeconds * 1000, 2 ** 31 - 1));
  signal?.addEventListener("abort", end, { once: true });
  try {
    const status = await child.status;
    clearTimeout(timer);
    await ending;
    await Promise.race([drained, sleep(drainMs, over.signal).catch(() => {})]);
    signal?.throwIfAborted();
    return {
      code: status.signal ? null : status.code,
      signal: status.signal,
      stdout: stdout.text(),
      stderr: stderr.text(),
      timedOut,
      truncated: stdout.dropped + stderr.dropped > 0,
    };
  } finally {
    clearTimeout(timer);
    over.abort();
    signal?.removeEventListener("abort", end);
    await Promise.all(readers.map((reader) => reader.cancel().catch(() => {})));
    await Promise.all([drained, fed]);
  }
}

function startCommand(program: string, options: CommandOptions): Deno.ChildProcess {
  const { argv, cwd, env, input } = options;
  try {
    const child = new Deno.Command(program, {
      args: argv.slice(1),
      cwd,
      env,
      clearEnv: env !== undefined,
      detached: true,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    });
    return child.spawn();
  } catch (thrown) {
    throw cannotStart(program, thrown);
  }
}

function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: readProcess(pid)?.startTime ?? "", bootId: currentBootId() };
}

async function drain(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  into: CapturedOutput,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      into.add(value);
    }
  } catch {
    // The command's end of the pipe broke; what was read so far counts.
  }
}

async function feed(stdin: WritableStream<Uint8Array>, input: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch {
    // A command that does not read its input to the end is no failure.
  }
}

function programOf(argv: string[]): string {
  const program = argv[0];
  if (program) return program;
  throw new HermesError("invalid", `Cannot start program "": no command was given`);
}

/** @throws HermesError `io` when `path` is no folder. */
export async function requireDirectory(path: string): Promise<void> {
  let isDirectory = false;
  try {
    isDirectory = (await Deno.stat(path)).isDirectory;
  } catch (thrown) {
    throw ioError("use", "working directory", path, thrown);
  }
  if (isDirectory) return;
  throw new HermesError("io", `Cannot use working directory "${path}": not a directory`, {
    remedy: "Give the path of a folder.",
  });
}

function openLog(open: typeof import("node:fs").openSync, path: string): number {
  try {
    return open(path, "a", 0o644);
  } catch (thrown) {
    throw ioError("open", "log", path, thrown);
  }
}

/** The error for a program that could not be started. */
export function cannotStart(program: string, thrown: unknown): HermesError {
  if (thrown instanceof HermesError) return thrown;
  const known = startFailures[osErrorCode(thrown) ?? ""];
  const reason = known?.reason ?? errorText(thrown);
  return new HermesError("unavailable", `Cannot start program "${program}": ${reason}`, {
    remedy: known?.remedy,
    cause: thrown,
  });
}
