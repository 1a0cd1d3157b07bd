// Owns: what an operation is. Every surface — command line, agent tools, later HTTP and MCP — derives from it.

import type * as z from "zod";
import type { ErrorCode } from "../base/errors.ts";
import type { ActorKind, OpContext } from "./context.ts";

/** How text typed on a command line becomes a field's value. */
export type CliParse =
  | "assignee"
  | "content"
  | "duration"
  | "moment"
  | "money"
  | "path"
  | "text"
  | "workspace";

/** What the command line does differently for one field. */
export interface CliField {
  /** Long flag without dashes; by default the field's name with dashes. */
  flag?: string;
  /** One-letter flag. */
  short?: string;
  /** Name shown for a positional argument. */
  name?: string;
  parse?: CliParse;
  /** The field cannot be given on the command line. */
  hidden?: true;
}

/** How an operation looks as a command. */
export interface CliOverlay {
  /** Positional fields in order. A trailing `...` takes all remaining words. */
  args?: readonly string[];
  fields?: Readonly<Record<string, CliField>>;
  /** A text field of which several values may be given; the operation runs once for each. */
  each?: string;
  /** A flag that takes further values of `each`. */
  eachFlag?: string;
  /** Fields that are refused together with several values of `each`: one text does not fit them all. */
  single?: readonly string[];
  /** The command takes `--live`: it stays on the screen, follows the board and listens to keys. */
  live?: true;
  /** The part of the output that `--json` prints; by default all of it. */
  pick?: string;
  /** Whole commands as a person would type them. */
  examples: readonly string[];
}

/** How an operation looks as an agent's tool. */
export interface ToolOverlay<Output = unknown> {
  name: string;
  /** Told to the model in addition to the summary. */
  advice?: string;
  /** Fields the model does not see. */
  omit?: readonly string[];
  /** Values of fields the model does not see. */
  fixed?: Readonly<Record<string, unknown>>;
  /** The field that is the worker's own task unless the model names another. */
  ownTask?: string;
  /** A worker may also use it on boards that are not those of its task. */
  otherBoards?: true;
  /** Fields the model must fill although the operation can do without. */
  required?: readonly string[];
  /** At least one of these must be filled. */
  oneOf?: readonly string[];
  /** A count with what it is by default and at most. */
  limit?: { field: string; default: number; max: number };
  /** The reply, to which `ok: true` is added, from the output. */
  reply?(output: Output): Record<string, unknown>;
}

/** How an operation looks over HTTP, below the API's base path. */
export interface HttpOverlay<Input = Record<string, unknown>, Output = unknown> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/tasks/:task_id`; a name after a colon is a field of the input. */
  path: string;
  /** Status of a good answer; 200 unless given. */
  status?: number;
  /** Statuses of refusals, where they differ from those that go with the error's code. */
  refusals?: Partial<Record<ErrorCode, number>>;
  /** Fields by the names they have on the wire, where those differ. */
  rename?: Readonly<Record<string, string>>;
  /** Fields that come from the query although the method has a body. */
  query?: readonly string[];
  /** Fields that a request cannot set. */
  omit?: readonly string[];
  /** Values that differ from the operation's defaults when a request does not say. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Values of fields that a request cannot set. */
  fixed?: Readonly<Record<string, unknown>>;
  /** The answer depends on nothing but the board and the configuration: while they stay, it does. */
  fresh?: true;
  /** The answer on the wire, from the output; of a stream, from its first item. */
  reply?(output: Output, input: Input): unknown;
  /** What {@link reply} makes of the output, for the reference. */
  answer?: z.ZodType;
}

/** Operations that belong together: the words in front of their verbs. */
export type Group =
  | "kanban"
  | "kanban boards"
  | "kanban plan"
  | "profile"
  | "skills"
  | "lanes";

/** What operations of either kind share. */
export interface OperationBase<In extends z.ZodObject, Out extends z.ZodType> {
  /** Unique within its group; the verb on the command line. */
  name: string;
  group: Group;
  /** One line of help, in the imperative. */
  summary: string;
  actors: readonly ActorKind[];
  input: In;
  output: Out;
  /** A named board that does not exist yet is created. */
  createsBoard?: true;
  /** The field with the id of the task that an agent may only name when it is its own. */
  ownTask?: string;
  /** Fields from which secrets are removed before anything is written. */
  redact?: {
    always?: readonly string[];
    /** Only when an agent writes: people's text is stored exactly as typed. */
    fromAgents?: readonly string[];
  };
  cli?: CliOverlay;
  tool?: ToolOverlay<z.input<Out>>;
  /** Where the operation answers over HTTP; several when old and new paths both lead to it. */
  http?:
    | HttpOverlay<z.output<In>, z.input<Out>>
    | readonly HttpOverlay<z.output<In>, z.input<Out>>[];
}

/** An operation that answers once. */
export interface Operation<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodType = z.ZodType,
> extends OperationBase<In, Out> {
  run(context: OpContext, input: z.output<In>): Promise<z.input<Out>>;
}

/** An operation that answers with items as they happen; `output` describes one item. */
export interface StreamOperation<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodType = z.ZodType,
> extends OperationBase<In, Out> {
  /** Goes on until `signal` is aborted. */
  follow(
    context: OpContext,
    input: z.output<In>,
    signal: AbortSignal,
  ): AsyncIterable<z.input<Out>>;
}

/** Declares an operation; the types of `run` follow from the schemas. */
export function defineOp<In extends z.ZodObject, Out extends z.ZodType>(
  operation: Operation<In, Out>,
): Operation<In, Out> {
  return operation;
}

/** Declares a streaming operation. */
export function defineStream<In extends z.ZodObject, Out extends z.ZodType>(
  operation: StreamOperation<In, Out>,
): StreamOperation<In, Out> {
  return operation;
}

/** An operation of unknown types, as surfaces handle it. */
export type AnyOperation = Operation | StreamOperation;

/** What {@link Operation.run} answers, as surfaces see it. */
export type OutputOf<Op> = Op extends OperationBase<z.ZodObject, infer Out> ? z.input<Out> : never;

export function isStream(operation: AnyOperation): operation is StreamOperation {
  return "follow" in operation;
}
