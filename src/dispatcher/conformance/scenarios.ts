// Owns: what a lane is put through by `lanes test`: what the stand-in does, and what must come of it. Pure.

import type { Lane } from "../../lanes/manifest.ts";
import { busySentence, sampleOutput } from "../../lanes/sample_output.ts";

/** What the stand-in for the program does; `rehearsal/lane/play.ts` plays it. */
export interface StandInScript {
  stdout?: string[];
  stderr?: string[];
  noise?: boolean;
  flood?: { lines: number; width: number };
  report?: { tool: string; arguments: Record<string, unknown> };
  after?: string[];
  hang?: boolean;
  exit?: number;
}

/** One thing that can happen to a program. */
export interface Scenario {
  name: string;
  /** One sentence. */
  about: string;
  script: StandInScript;
  /** How the attempt must end. */
  outcome: string;
  /** Status of the task afterwards. */
  status: string;
  /** Text that the summary or the error must hold. */
  says?: string;
  /** Figures that must be on record. */
  records?: { session?: string; input?: number; output?: number; cost?: number };
  /** Seconds the attempt may take; it is then out of time. */
  maxSeconds?: number;
  /** Bytes that the log may have at most. */
  maxLogBytes?: number;
}

const facts = {
  session: "rehearsed-session-1",
  final: "The stand-in did what it was asked.",
  model: "rehearsed-model",
  input_tokens: 1200,
  output_tokens: 34,
  cost_usd: 0.0125,
};

const report = { tool: "kanban_complete", arguments: { summary: facts.final } };

/** The scenarios for one lane. What the program prints follows the lane's own rules. */
export function scenariosFor(lane: Lane): Scenario[] {
  const { stdout } = sampleOutput(lane.output, facts);
  const finds = (field: "session" | "input_tokens" | "output_tokens" | "cost_usd") =>
    lane.output.format !== "text" && lane.output[field].some((rule) => rule.take !== undefined);
  const done = { outcome: "completed", status: "done" };
  const hasTools = lane.mcp !== undefined;
  const handOver = hasTools ? { report } : {};
  const silent = lane.on_success === "complete"
    ? done
    : { outcome: "protocol_violation", status: "ready", says: "without completing" };
  const crash = sampleOutput(lane.output, { session: facts.session });
  const busy = sampleOutput(lane.output, { session: facts.session, rateLimited: true });
  const knowsBusy = lane.output.rate_limit.length > 0;
  return [
    {
      name: "success",
      about: hasTools
        ? "It completes its task with the board's tools, then ends"
        : "It ends with status 0, and its last words are the result",
      script: {
        stdout: hasTools ? stdout.slice(0, 1) : stdout,
        ...handOver,
        after: hasTools ? stdout : [],
      },
      ...done,
      says: facts.final,
      records: {
        ...(finds("session") ? { session: facts.session } : {}),
        ...(finds("input_tokens") ? { input: facts.input_tokens } : {}),
        ...(finds("output_tokens") ? { output: facts.output_tokens } : {}),
        ...(finds("cost_usd") ? { cost: facts.cost_usd } : {}),
      },
    },
    {
      name: "crash",
      about: "It ends with status 3 in the middle of its work",
      script: { stdout: crash.stdout, stderr: ["the disk is on fire"], exit: 3 },
      outcome: "crashed",
      status: "ready",
      says: "status 3",
    },
    {
      name: "hang",
      about: "It says nothing more and does not end",
      script: { stdout: crash.stdout, hang: true },
      outcome: "timed_out",
      status: "ready",
      maxSeconds: 2,
    },
    {
      name: "rate limit",
      about: "Its provider is busy",
      script: knowsBusy
        ? { stdout: busy.stdout, stderr: busy.stderr, exit: 1 }
        : { stderr: [busySentence], exit: lane.exit_codes.rate_limited[0] ?? 1 },
      ...(knowsBusy || lane.exit_codes.rate_limited.length > 0
        ? { outcome: "rate_limited", status: "ready" }
        : { outcome: "crashed", status: "ready" }),
    },
    {
      name: "no report",
      about: "It ends with status 0 and leaves its task open",
      script: { stdout },
      ...silent,
    },
    {
      name: "garbage",
      about: "It prints what nobody can read",
      script: { noise: true },
      ...silent,
    },
    {
      name: "huge output",
      about: "It prints 40 MB, some of it in one line of 8 MB",
      script: {
        flood: { lines: 40_000, width: 800 },
        stdout: ["x".repeat(8 * 1024 * 1024)],
        ...handOver,
        after: stdout,
      },
      ...done,
      maxLogBytes: 20 * 1024 * 1024,
    },
  ];
}
