// Owns: the operation `doctor`.

import * as z from "zod";
import { isDispatched } from "../../dispatcher/lock.ts";
import { type Board, read, write } from "../../kernel/board.ts";
import { checkBoard, mendBoard } from "../../kernel/care/board_checks.ts";
import { dailyFolder } from "../../kernel/care/daily_backup.ts";
import { checkFile } from "../../kernel/care/file_check.ts";
import { type Finding, finding } from "../../kernel/care/finding.ts";
import { knownBoardFile } from "../board_places.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import {
  checkAssignees,
  checkConfig,
  checkCopies,
  checkWorkers,
  checkWorkspaces,
} from "./home_checks.ts";

const findingSchema = z.object({
  check: z.string().describe("Name of the check"),
  severity: z.enum(["error", "warning", "info"]),
  what: z.string(),
  count: z.number(),
  examples: z.array(z.string()),
  remedy: z.string(),
  fixable: z.boolean().describe("Whether --fix puts it right"),
  fixed: z.boolean().describe("Whether it was put right just now"),
});

export const doctor = defineOp({
  name: "doctor",
  group: "kanban",
  summary:
    "Check the board, its file and what surrounds it; put right what can be put right safely",
  actors: ["human", "system"],
  input: z.object({
    fix: z.boolean().default(false).describe(
      "Put right what can be put right without losing anything",
    ),
  }),
  output: z.object({
    board: z.string(),
    db: z.string(),
    healthy: z.boolean().describe("No error is left"),
    sqlite: z.string().nullable().describe(
      "Version and journal; null when the board is not usable",
    ),
    dispatched: z.boolean().describe("Whether a gateway dispatches the board now"),
    findings: z.array(findingSchema).describe("The worst first"),
  }),
  cli: {
    examples: ["hermes kanban doctor", "hermes kanban doctor --fix", "hermes kanban doctor --json"],
  },
  async run(context, { fix }) {
    const { boardPaths, clock } = context;
    const { slug, db } = await knownBoardFile(context);
    const file = await checkFile(
      { db, folder: dailyFolder(boardPaths.dir) },
      { mend: fix, now: clock.now() },
    );
    const board = file.usable ? await context.board() : null;
    const findings = [
      ...file.findings,
      ...await checkConfig(context),
      ...board ? await checkOpened(context, board, fix) : [],
      ...await checkCopies(context, { tasks: board !== null, mend: fix }),
    ];
    const info = board?.engine.info;
    return {
      board: slug,
      db,
      healthy: !findings.some(({ severity, fixed }) => severity === "error" && !fixed),
      sqlite: info ? `${info.version} (${info.journal})` : null,
      dispatched: await isDispatched(boardPaths),
      findings: findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]),
    };
  },
});

export type DoctorOutput = OutputOf<typeof doctor>;

const ranks: Record<Finding["severity"], number> = { error: 0, warning: 1, info: 2 };

async function checkOpened(context: OpContext, board: Board, fix: boolean): Promise<Finding[]> {
  const notices = board.engine.info.notices.map((what) =>
    finding({ check: "sqlite", severity: "info", what, remedy: "" })
  );
  const rows = fix ? await write(board, mendBoard) : await read(board, checkBoard);
  return [
    ...notices,
    ...rows,
    ...await checkWorkers(context, board, fix),
    ...await checkAssignees(context, board),
    ...await checkWorkspaces(context, board, fix),
  ];
}
