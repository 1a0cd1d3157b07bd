// Owns: one start of a foreign program: feeding it, following its output, ending it when its run is over.

import { errorText } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { LaneStart } from "../../lanes/command_line.ts";
import type { Lane } from "../../lanes/manifest.ts";
import { OutputReader, type Reading } from "../../lanes/output_reader.ts";
import { startPiped } from "../../platform/piped_program.ts";
import type { ExitStatus } from "../../platform/spawn.ts";
import { sleep } from "../../platform/timers.ts";
import type { LogPump } from "./log_pump.ts";

/** What a conversation needs. */
export interface ConversationOptions {
  lane: Lane;
  start: LaneStart;
  cwd: string;
  /** Marks everything the run started; see the platform's kill_tree. */
  marker: string | undefined;
  pump: LogPump;
  /** Called for every line of output. */
  onActivity(): void;
  /** Called about every second, and at the end, with what is known so far. */
  onProgress(reading: Reading): Promise<void>;
  /** Fires when the program has to go. */
  signal: AbortSignal;
  log: Log;
}

/** Milliseconds between looks at what the program has said so far. */
const lookMs = 1000;

/**
 * Runs the program to its end.
 *
 * @throws HermesError `unavailable` when it cannot be started.
 */
export async function converse(
  options: ConversationOptions,
): Promise<ExitStatus & { reading: Reading }> {
  const { lane, start, pump, signal, log } = options;
  const reader = new OutputReader(lane.output);
  const program = await startPiped({
    argv: start.argv,
    cwd: options.cwd,
    env: start.env,
    input: start.input,
    onLine(line, stream) {
      pump.line(line);
      reader.line(line, stream);
      options.onActivity();
    },
  });
  let ending: Promise<void> | undefined;
  const end = () => {
    const { signal: name, grace_seconds } = lane.stop;
    ending ??= program.end(name, grace_seconds * 1000, options.marker);
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      await sleep(lookMs, over.signal).catch(() => {});
      if (over.signal.aborted) return;
      await options.onProgress(reader.reading()).catch((thrown) => {
        log.warn("progress could not be recorded", { error: errorText(thrown) });
      });
    }
  })();
  try {
    const status = await program.ended;
    await ending;
    reader.end();
    return { ...status, reading: reader.reading() };
  } finally {
    signal.removeEventListener("abort", end);
    over.abort();
    await watching;
    pump.end();
  }
}
