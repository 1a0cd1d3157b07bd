// Owns: a toy board and toy tools that play a scripted worker's conversation to its end.

import { answer } from "../../src/rehearsal/answer.ts";
import { type Answer, readChatRequest } from "../../src/rehearsal/wire.ts";

export interface PlayTask {
  id: string;
  title: string;
  body?: string;
  assignee?: string;
  workspace: string;
  parents?: string[];
  runs?: Array<Record<string, unknown>>;
  events?: Array<Record<string, unknown>>;
}

export interface Played {
  /** Tool names in the order they were called. */
  tools: string[];
  /** Arguments of the last kanban_complete, or null. */
  handoff: { summary: string; metadata: Record<string, unknown> } | null;
  blocked: string | null;
  created: string[];
  /** The last answer, which may be text, a failure or silence. */
  last: Answer;
}

const workerTools = [
  "kanban_show",
  "kanban_complete",
  "kanban_block",
  "kanban_heartbeat",
  "kanban_create",
  "terminal",
  "write_file",
  "read_file",
  "list_files",
  "search_files",
];

/** Plays one worker until it hands off, blocks, or stops calling tools. */
export async function playWorker(board: Map<string, PlayTask>, id: string): Promise<Played> {
  const task = board.get(id)!;
  const messages: Record<string, unknown>[] = [
    { role: "system", content: "You are a worker." },
    { role: "user", content: `work kanban task ${id}\n\n${task.title}\n${task.body ?? ""}` },
  ];
  const played: Played = {
    tools: [],
    handoff: null,
    blocked: null,
    created: [],
    last: { kind: "silence" },
  };
  for (let turn = 0; turn < 60 && !played.handoff && played.blocked === null; turn++) {
    played.last = ask(messages, workerTools);
    if (played.last.kind !== "calls") return played;
    const calls = played.last.calls.map((call, index) => ({
      id: `c${turn}_${index}`,
      function: { name: call.tool, arguments: JSON.stringify(call.args) },
    }));
    messages.push({ role: "assistant", content: played.last.say, tool_calls: calls });
    for (const [index, call] of played.last.calls.entries()) {
      played.tools.push(call.tool);
      const content = await useTool(board, task, call.tool, call.args, played);
      messages.push({ role: "tool", tool_call_id: `c${turn}_${index}`, content });
    }
  }
  return played;
}

/** Sends a conversation to the scripts the way the server does. */
export function ask(messages: unknown[], tools: string[] = []): Answer {
  const request = readChatRequest({
    model: "rehearsal",
    messages,
    tools: tools.map((name) => ({ type: "function", function: { name } })),
  });
  if (!request) throw new Error("the test built a malformed request");
  return answer(request);
}

async function useTool(
  board: Map<string, PlayTask>,
  task: PlayTask,
  tool: string,
  args: Record<string, unknown>,
  played: Played,
): Promise<string> {
  const inside = (name: unknown) => `${task.workspace}/${name}`;
  switch (tool) {
    case "kanban_show": {
      const shown = board.get(String(args.task_id ?? task.id))!;
      const { workspace, parents = [], runs = [], events = [], ...rest } = shown;
      return JSON.stringify({
        task: { ...rest, workspace_path: workspace },
        parents,
        runs,
        events,
        worker_context: "",
      });
    }
    case "kanban_complete":
      played.handoff = { metadata: {}, ...args } as Played["handoff"];
      return JSON.stringify({ ok: true });
    case "kanban_block":
      played.blocked = String(args.reason);
      return JSON.stringify({ ok: true });
    case "kanban_create":
      played.created.push(String(args.title));
      return JSON.stringify({ ok: true, task_id: `t_0000000${played.created.length}` });
    case "kanban_heartbeat":
      return JSON.stringify({ ok: true });
    case "write_file":
      await Deno.writeTextFile(inside(args.path), String(args.content));
      return "written";
    case "read_file":
      return await Deno.readTextFile(inside(args.path));
    case "terminal": {
      const output = await new Deno.Command("sh", {
        args: ["-c", String(args.command)],
        cwd: task.workspace,
      }).output();
      const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return JSON.stringify({
        exit_code: output.code,
        stdout: decode(output.stdout),
        stderr: decode(output.stderr),
      });
    }
    default:
      return "ok";
  }
}
