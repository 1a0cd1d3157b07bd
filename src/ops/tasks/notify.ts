// Owns: the operations `notify-subscribe`, `notify-list` and `notify-unsubscribe`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { getTask } from "../../kernel/detail.ts";
import { subscribe, subscriptions, unsubscribe } from "../../kernel/feed.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

const chat = {
  platform: z.string().min(1).describe("Kind of chat, such as telegram, slack or discord"),
  chat_id: z.string().min(1).describe("The chat's id on that platform"),
  thread_id: z.string().default("").describe("Thread within the chat"),
};

const words = {
  args: ["task_id"],
  fields: { task_id: { name: "id" } },
} as const;

export const notifySubscribe = defineOp({
  name: "notify-subscribe",
  group: "kanban",
  summary: "Tell a chat what becomes of a task, from now on until it is done",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    ...chat,
    user_id: z.string().nullable().optional().describe("Who asked for it"),
  }),
  output: z.object({
    task_id: z.string(),
    platform: z.string(),
    chat_id: z.string(),
    thread_id: z.string(),
    added: z.boolean().describe("False when the chat is told already"),
    warning: z.string().optional(),
  }),
  cli: {
    ...words,
    examples: ["hermes kanban notify-subscribe t_1a2b3c4d --platform telegram --chat-id 12345"],
  },
  async run(context, { task_id, platform, chat_id, thread_id, user_id }) {
    const board = await context.board();
    const { status } = await getTask(board, task_id);
    const target = { platform, chatId: chat_id, threadId: thread_id, userId: user_id };
    const added = await subscribe(board, task_id, target);
    const over = status === "done" || status === "archived";
    return {
      ...{ task_id, platform, chat_id, thread_id, added },
      ...(over ? { warning: `${task_id} is ${status}: there is nothing more to tell.` } : {}),
    };
  },
});

export type NotifySubscribeOutput = OutputOf<typeof notifySubscribe>;

export const notifyList = defineOp({
  name: "notify-list",
  group: "kanban",
  summary: "List which chats are told about which tasks",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId.optional() }),
  output: z.object({
    subscriptions: z.array(z.object({
      task_id: z.string(),
      platform: z.string(),
      chat_id: z.string(),
      thread_id: z.string(),
      user_id: z.string().nullable(),
      created_at: z.number().int(),
      last_event_id: z.number().describe("The last event the chat was told about"),
    })),
  }),
  cli: {
    ...words,
    pick: "subscriptions",
    examples: ["hermes kanban notify-list", "hermes kanban notify-list t_1a2b3c4d --json"],
  },
  async run(context, input) {
    const board = await context.board();
    if (input.task_id !== undefined) await getTask(board, input.task_id);
    return { subscriptions: await subscriptions(board, input.task_id) };
  },
});

export type NotifyListOutput = OutputOf<typeof notifyList>;

export const notifyUnsubscribe = defineOp({
  name: "notify-unsubscribe",
  group: "kanban",
  summary: "Stop telling a chat about a task",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId, ...chat }),
  output: z.object({ task_id: z.string(), platform: z.string(), chat_id: z.string() }),
  cli: {
    ...words,
    examples: ["hermes kanban notify-unsubscribe t_1a2b3c4d --platform telegram --chat-id 12345"],
  },
  async run(context, { task_id, platform, chat_id, thread_id }) {
    const board = await context.board();
    const target = { platform, chatId: chat_id, threadId: thread_id };
    if (await unsubscribe(board, task_id, target)) return { task_id, platform, chat_id };
    const where = [platform, chat_id, thread_id].filter((part) => part !== "").join(" ");
    throw new HermesError(
      "not_found",
      `Cannot unsubscribe "${where}" from task "${task_id}": no such subscription`,
      { remedy: `See which there are with: hermes kanban notify-list ${task_id}` },
    );
  },
});

export type NotifyUnsubscribeOutput = OutputOf<typeof notifyUnsubscribe>;
