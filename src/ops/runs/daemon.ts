// Owns: the operation `daemon`.

import * as z from "zod";
import { createLog, type LogLevel } from "../../base/log.ts";
import { HermesError } from "../../base/errors.ts";
import { Dispatcher } from "../../dispatcher/dispatcher.ts";
import { defineStream } from "../define.ts";
import { dispatcherDeps, withFailureLimit } from "./dispatcher_deps.ts";

const line = z.object({
  at: z.number().int(),
  level: z.enum(["debug", "info", "warn", "error"]),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

/** What a daemon tells. */
export type DaemonLine = z.infer<typeof line>;

export const daemon = defineStream({
  name: "daemon",
  group: "kanban",
  summary: "Dispatch one board without a gateway; the gateway is what you want",
  actors: ["human", "system"],
  input: z.object({
    force: z.boolean().default(false).describe("Run it all the same"),
    interval_seconds: z.number().int().positive().optional()
      .describe("Time between passes when nothing changes"),
    max: z.number().int().positive().optional().describe("Workers started per pass at most"),
    failure_limit: z.number().int().positive().optional()
      .describe("Failed attempts before a task is given up"),
    pidfile: z.string().optional().describe("File that holds the process id while it runs"),
    verbose: z.boolean().default(false).describe("Tell what it does, not only what goes wrong"),
  }),
  output: line,
  cli: {
    fields: {
      interval_seconds: { flag: "interval", parse: "duration" },
      pidfile: { parse: "path" },
      verbose: { short: "v" },
    },
    examples: [
      "hermes kanban daemon --force",
      "hermes kanban daemon --force --interval 10s --pidfile /run/hermes.pid -v",
    ],
  },
  async *follow(context, input, signal) {
    if (!input.force) {
      throw new HermesError("usage", "Cannot run the daemon: dispatching is the gateway's work", {
        remedy: "Start that with: hermes gateway start. " +
          "To dispatch this one board without it: hermes kanban daemon --force",
      });
    }
    const { config } = await context.config();
    const { interval_seconds: seconds = config.kanban.dispatch_interval_seconds } = input;
    const kanban = { ...config.kanban, dispatch_interval_seconds: seconds };
    const board = withFailureLimit(await context.board(), input.failure_limit);
    const lines: DaemonLine[] = [];
    let wake = () => {};
    signal.addEventListener("abort", () => wake());
    const tell = (level: LogLevel, message: string, fields: Record<string, unknown> = {}) => {
      lines.push({ at: context.clock.now(), level, message, fields });
      wake();
    };
    const log = createLog(tell, input.verbose ? "info" : "warn");
    const deps = dispatcherDeps(
      context,
      board,
      () => Promise.resolve({ ...config, kanban }),
      log,
    );
    const pid = input.pidfile === undefined ? null : await context.host.pidFile(input.pidfile);
    const dispatcher = new Dispatcher({ ...deps, maxSpawns: input.max });
    try {
      tell("info", "dispatching", { board: board.slug, interval_seconds: seconds });
      await dispatcher.start();
      while (!signal.aborted) {
        yield* lines.splice(0);
        if (lines.length === 0 && !signal.aborted) {
          await new Promise<void>((resolve) => wake = resolve);
        }
      }
    } finally {
      await dispatcher.stop();
      await pid?.release();
    }
  },
});
