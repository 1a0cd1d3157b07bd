// Owns: a model for chat tests: it streams what a test tells it to, and waits where the test says so.

/** What the model does next. */
export interface ScriptedTurn {
  /** Pieces of text, streamed one by one. */
  text?: string[];
  calls?: [tool: string, args: Record<string, unknown>][];
  /** The stream stops in front of piece number `at` until `opened` resolves. */
  gate?: { at: number; opened: Promise<void> };
  /** Answers with this status instead. */
  status?: number;
}

/** A request as the model saw it. */
export interface SeenChat {
  model: string;
  messages: { role: string; content: string; tool_calls?: unknown[] }[];
  tools: string[];
}

export interface ChatModel {
  /** What belongs into `model.base_url`. */
  url: string;
  seen: SeenChat[];
  stop(): Promise<void>;
}

/** Starts a model that takes one turn per request and then answers "done". */
export function startChatModel(turns: ScriptedTurn[]): ChatModel {
  const seen: SeenChat[] = [];
  const stopping = new AbortController();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const body = await request.json();
    const tools = (body.tools ?? []) as { function: { name: string } }[];
    seen.push({
      model: body.model,
      messages: body.messages,
      tools: tools.map((tool) => tool.function.name),
    });
    const turn = turns[seen.length - 1] ?? { text: ["done"] };
    if (turn.status) {
      return Response.json({ error: { message: "scripted failure" } }, { status: turn.status });
    }
    return new Response(stream(turn, seen.length, stopping.signal), {
      headers: { "content-type": "text/event-stream" },
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    seen,
    async stop() {
      stopping.abort();
      await server.shutdown();
    },
  };
}

function stream(turn: ScriptedTurn, number: number, stop: AbortSignal): ReadableStream {
  const { text = [], calls = [], gate } = turn;
  const tool_calls = calls.map(([name, args], index) => ({
    index,
    id: `call_${number}_${index}`,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }));
  const stopped = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve()));
  return new ReadableStream({
    async start(controller) {
      const encoder = new TextEncoder();
      const send = (delta: unknown, more: unknown = {}) => {
        const chunk = { model: "scripted", choices: [{ index: 0, delta, ...more as object }] };
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`));
      };
      try {
        for (const [index, content] of [...text, null].entries()) {
          if (gate?.at === index) await Promise.race([gate.opened, stopped]);
          if (content !== null) send({ content });
        }
        if (tool_calls.length > 0) send({ tool_calls });
        send({}, { finish_reason: tool_calls.length > 0 ? "tool_calls" : "stop" });
        const usage = { prompt_tokens: 100, completion_tokens: 20 };
        const last = { model: "scripted", choices: [], usage };
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`));
        controller.close();
      } catch {
        // The reader has gone away.
      }
    },
  });
}

/** A gate that a test opens. */
export function gateAt(at: number): { at: number; opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { at, opened: promise, open: resolve };
}
