// Owns: what the server answers, as types. What an operation declares is taken from there.

import type * as z from "zod";
import type { cardSchema, unseenFields } from "../../src/ops/views/card_wire.ts";
import type { CardPageOutput, CardsOutput, ChangesOutput } from "../../src/ops/views/cards.ts";
import type { BoardsListOutput } from "../../src/ops/boards/list.ts";
import type { CreateOutput } from "../../src/ops/tasks/create.ts";
import type { AttentionOutput } from "../../src/ops/views/feed.ts";
import type { LanesListOutput } from "../../src/ops/lanes/list.ts";
import type { ModelCheckOutput } from "../../src/ops/runs/model_check.ts";
import type { OrchestrationOutput } from "../../src/ops/profiles/orchestration.ts";
import type { ProfileInstallOutput } from "../../src/ops/profiles/install.ts";
import type { ProfileListOutput } from "../../src/ops/profiles/list.ts";
import type { ShowOutput } from "../../src/ops/views/show.ts";
import type { UndoOutput } from "../../src/ops/tasks/undo.ts";
import type { WhyOutput } from "../../src/ops/views/why.ts";
import type {
  attachmentSchema,
  commentSchema,
  eventSchema,
  linkedTaskSchema,
  runSchema,
  taskSchema,
} from "../../src/ops/wire.ts";

export type Task = z.output<typeof taskSchema>;
export type Run = z.output<typeof runSchema>;
export type TaskEvent = z.output<typeof eventSchema>;
export type Comment = z.output<typeof commentSchema>;
export type LinkedTask = z.output<typeof linkedTaskSchema>;
export type Attachment = z.output<typeof attachmentSchema>;
export type Why = WhyOutput;
export type { CreateOutput, ShowOutput, UndoOutput };

/** A task as it lies on the board, without what no card shows. */
export type Card = Omit<z.output<typeof cardSchema>, (typeof unseenFields)[number]>;
export type Board = Omit<CardsOutput, "columns"> & { columns: Column[] };

/** A piece of a column. */
export type CardPage = Omit<CardPageOutput, "tasks"> & { tasks: Card[] };

/** What became of the board since an event. */
export type Changes = Omit<ChangesOutput, "cards"> & { cards: Card[] };

export interface Column {
  /** The status. */
  name: string;
  tasks: Card[];
  /** Tasks in the column, sent or not. */
  count: number;
}

/** The toolbar's defaults. */
export interface BoardConfig {
  default_tenant: string;
  lane_by_profile: boolean;
  include_archived_by_default: boolean;
  render_markdown: boolean;
}

export type Profile = ProfileListOutput["profiles"][number];
export type ProfileTemplate = ProfileInstallOutput["templates"][number];
export type ModelCheck = ModelCheckOutput;
export type Lanes = LanesListOutput;

/** Auto or manual, and who owns what was split. */
export type Orchestration = OrchestrationOutput;

export type BoardEntry = BoardsListOutput["boards"][number];
export type Boards = BoardsListOutput;

export interface BulkResult {
  results: { id: string; ok: boolean; error?: string }[];
}

/** What needs a person, by why. */
export type Attention = AttentionOutput;
