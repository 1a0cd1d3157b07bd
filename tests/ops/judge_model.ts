// Owns: a model server for tests that answers each chat request from a list and keeps what it was asked.

/** What a test may let the model do: say something, or fail with a status. */
export type Said = string | number;

export interface ListedModel {
  /** Lines of config.yaml that make it the main model. */
  config: string;
  /** The messages of each request, newest last. */
  asked: { role: string; content: string }[][];
  stop(): Promise<void>;
}

/** Starts a model that says the entries of `says` in order and repeats the last. */
export function listedModel(says: readonly Said[]): ListedModel {
  const asked: ListedModel["asked"] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const body = await request.json();
      asked.push(body.messages);
      const said = says[Math.min(asked.length, says.length) - 1] ?? "";
      if (typeof said === "number") {
        return Response.json({ error: { message: "scripted failure" } }, { status: said });
      }
      return Response.json({
        model: "listed",
        choices: [{ message: { role: "assistant", content: said }, finish_reason: "stop" }],
        usage: { prompt_tokens: 100, completion_tokens: 10 },
      });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/v1`;
  return {
    config:
      `model: {provider: custom, default: listed, base_url: "${url}"}\nagent: {max_retries: 0}\n`,
    asked,
    stop: () => server.shutdown(),
  };
}

/** The judge's answer in the form it is asked for. */
export function verdict(reached: boolean, reason: string): string {
  return JSON.stringify({ reached, reason });
}
