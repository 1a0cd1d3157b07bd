// Owns: the command line as it runs inside of a chat: what it is given, and what it has to do without.

import { HermesError } from "../../base/errors.ts";
import { type Log, silentLog } from "../../base/log.ts";
import type { Environment } from "../../config/env_names.ts";
import type { HostPorts } from "../../ops/context.ts";
import type { Actions, CliHost } from "../host.ts";
import type { CliOutput } from "../output.ts";

/** What a slash command needs of the chat it is typed in. */
export interface SlashContext {
  /** With the chat's board in `HERMES_KANBAN_BOARD`, so that it stays on it. */
  env: Environment;
  ports: HostPorts;
  log?: Log;
  /** Columns of the terminal that shows the answer; without one it is plain text of any width. */
  columns?: () => number | null;
  /** False when a terminal is to show no colours. */
  color?: boolean;
  /** Where the command was typed, when what becomes of new tasks is to be told there. */
  origin?: ChatOrigin;
  /** Most characters of an answer; longer ones are cut and point to the terminal. */
  maxCharacters?: number;
  /** Ends commands that go on. */
  signal?: AbortSignal;
}

/** A conversation on a chat platform. */
export interface ChatOrigin {
  /** Such as `telegram`, `slack` or `discord`. */
  platform: string;
  chatId: string;
  threadId?: string;
  userId?: string;
}

/** The host of a command line whose output goes to `output`. */
export function slashHost(
  context: SlashContext,
  output: CliOutput,
  more: Pick<CliHost, "stop" | "onAnswer">,
): CliHost {
  return {
    env: context.env,
    // Who types in a chat does not sit at this machine's terminal, or is busy there.
    ports: { ...context.ports, editText: () => Promise.resolve(null) },
    log: context.log ?? silentLog,
    // Everything below `kanban` is an operation; no action can be reached from there.
    actions: {} as Actions,
    stdin() {
      throw new HermesError("usage", 'Cannot read "-": a chat has no standard input', {
        remedy: "Type the text itself, in quotes.",
      });
    },
    output,
    ...more,
  };
}
