// Owns: running the program under test as a process — the binary named by HERMES_BIN, else the source.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** The words that start the program under test. */
export function programCommand(): string[] {
  const binary = Deno.env.get("HERMES_BIN");
  if (binary) return [binary];
  return [Deno.execPath(), "run", "-A", "--quiet", join(project, "main.ts")];
}

/** What a finished command said. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  stdin?: string;
}

/** A home of its own for one test, and the program running in it. */
export interface World {
  /** `HERMES_HOME`, absolute. */
  home: string;
  /** Runs one command line to its end. */
  run(words: readonly string[], options?: RunOptions): Promise<Ran>;
  /** {@link run} that fails the test unless the program ends with status 0. */
  ok(words: readonly string[], options?: RunOptions): Promise<Ran>;
  /** {@link ok} with `--json`, parsed. */
  // deno-lint-ignore no-explicit-any -- tests look at whatever shape they expect
  json(words: readonly string[], options?: RunOptions): Promise<any>;
  /** Starts a command that goes on until it is told to end. */
  start(words: readonly string[], options?: RunOptions): Running;
}

/** A program that is still running. */
export interface Running {
  pid: number;
  /** What it wrote to standard output so far. */
  output(): string;
  errors(): string;
  signal(name: Deno.Signal): void;
  ended: Promise<Ran>;
}

/** Runs `body` in a fresh home that is removed afterwards. Processes started in it are ended. */
export async function inWorld(body: (world: World) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes wörld " }));
  const home = join(folder, "home");
  const running = new Set<Running>();
  const start = (words: readonly string[], options: RunOptions = {}) => {
    const process = launch(home, folder, words, options);
    running.add(process);
    process.ended.finally(() => running.delete(process));
    return process;
  };
  const run = (words: readonly string[], options?: RunOptions) => start(words, options).ended;
  const ok = async (words: readonly string[], options?: RunOptions) => {
    const ran = await run(words, options);
    if (ran.code === 0) return ran;
    throw new Error(
      `hermes ${words.join(" ")} ended with ${ran.code}\n${ran.stdout}\n${ran.stderr}`,
    );
  };
  const json = async (words: readonly string[], options?: RunOptions) =>
    JSON.parse((await ok([...words, "--json"], options)).stdout);
  try {
    await body({ home, run, ok, json, start });
  } finally {
    for (const process of running) {
      process.signal("SIGKILL");
      await process.ended;
    }
    await Deno.remove(folder, { recursive: true });
  }
}

/** Polls until `condition` holds; fails after `seconds`. */
export async function until<T>(
  what: string,
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  seconds = 20,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`gave up waiting after ${seconds} s: ${what}`);
}

function launch(
  home: string,
  cwd: string,
  words: readonly string[],
  options: RunOptions,
): Running {
  const [program, ...prefix] = programCommand();
  const child = new Deno.Command(program!, {
    args: [...prefix, ...words],
    cwd,
    clearEnv: true,
    env: { ...inherited(), HOME: cwd, HERMES_HOME: home, ...options.env },
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const fed = feed(child, options.stdin);
  const ended = (async () => {
    const [status] = await Promise.all([child.status, out.done, err.done, fed]);
    return { code: status.code, stdout: out.text(), stderr: err.text() };
  })();
  return {
    pid: child.pid,
    output: out.text,
    errors: err.text,
    signal: (name) => child.kill(name),
    ended,
  };
}

/** What a program needs of the environment besides its home: finding itself and its packages. */
function inherited(): Record<string, string> {
  const names = ["PATH", "DENO_DIR", "TMPDIR", "HERMES_BIN"];
  const fixed = {
    DENO_DIR: `${Deno.env.get("HOME") ?? ""}/.cache/deno`,
    // The tests read symbols; the locale of the machine must not decide about them.
    LANG: "C.UTF-8",
    // Two tests may run a gateway at the same time.
    HERMES_DASHBOARD_PORT: "0",
  };
  return Object.assign(
    fixed,
    ...names.map((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? {} : { [name]: value };
    }),
  );
}

function collect(stream: ReadableStream<Uint8Array>): { text(): string; done: Promise<void> } {
  let text = "";
  const done = (async () => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) text += chunk;
  })();
  return { text: () => text, done };
}

async function feed(child: Deno.ChildProcess, text: string | undefined): Promise<void> {
  if (text === undefined) return;
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
}
