// Owns: what the server answers, as types. What an operation declares is taken from there.

import type * as z from "zod";
import type { CreateOutput } from "../../src/ops/create.ts";
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

/** Spans in seconds; null where it did not begin or end yet. */
export interface Age {
  created_age_seconds: number | null;
  started_age_seconds: number | null;
  time_to_complete_seconds: number | null;
}

/** A task as it lies on the board. */
export interface Card extends Task {
  age: Age;
  link_counts: { parents: number; children: number };
  comment_count: number;
  progress: { done: number; total: number } | null;
  latest_summary?: string | null;
  /** US dollars of all its runs; null when unknown. */
  cost_usd?: number | null;
  /** Parents that keep it waiting. */
  open_parents?: number;
}

export interface Column {
  name: string;
  tasks: Card[];
  /** Tasks in the column, sent or not. */
  count?: number;
}

export interface Board {
  columns: Column[];
  tenants: string[];
  assignees: string[];
  latest_event_id: number;
  /** Epoch seconds by the server's clock. */
  now: number;
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

/** One thing that needs a person. */
export interface Concern {
  task_id: string;
  title: string;
  kind: string;
  text?: string;
  since?: number | null;
}
