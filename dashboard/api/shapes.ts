// Owns: what the server answers, as types. What an operation declares is taken from there.

import type * as z from "zod";
import type { cardSchema } from "../../src/ops/card_wire.ts";
import type { CardsOutput, ChangesOutput, unseenFields } from "../../src/ops/cards.ts";
import type { CreateOutput } from "../../src/ops/create.ts";
import type { AttentionOutput } from "../../src/ops/feed.ts";
import type { ShowOutput } from "../../src/ops/show.ts";
import type { UndoOutput } from "../../src/ops/undo.ts";
import type { WhyOutput } from "../../src/ops/why.ts";
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

export interface Profile {
  name: string;
  is_default: boolean;
  model: string | null;
  provider: string | null;
  description: string;
  description_auto: boolean;
  skill_count: number;
}

export interface Orchestration {
  orchestrator_profile: string;
  default_assignee: string;
  auto_decompose: boolean;
  resolved_orchestrator_profile: string;
  resolved_default_assignee: string;
  active_profile: string;
}

export interface BoardEntry {
  slug: string;
  name: string | null;
  description?: string | null;
  icon?: string | null;
  color?: string | null;
  archived?: boolean;
  is_current: boolean;
  counts: Record<string, number>;
  total: number;
}

export interface Boards {
  boards: BoardEntry[];
  current: string;
}

export interface BulkResult {
  results: { id: string; ok: boolean; error?: string }[];
}

/** What needs a person, by why. */
export type Attention = AttentionOutput;
