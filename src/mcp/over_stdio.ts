// Owns: MCP over standard input and output, as a person's own agent or a worker's program starts it.

// @ts-types="@modelcontextprotocol/sdk/server/stdio"
import { StdioServerTransport as Transport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer, type McpWorld } from "./server.ts";

type TransportStreams = Required<ConstructorParameters<typeof Transport>>;

/** The streams of the process. */
export interface StdioStreams {
  input: TransportStreams[0];
  output: TransportStreams[1];
}

/** Answers until the other side closes its end and has all its answers, or `signal` is aborted. */
export async function serveMcpOverStdio(
  world: McpWorld,
  { input, output }: StdioStreams,
  signal: AbortSignal,
): Promise<void> {
  const { server, close } = createMcpServer(world);
  const transport = new Transport(input, output);
  await server.connect(transport);
  const answered = followRequests(transport);
  const inputEnded = new Promise<void>((resolve) => {
    input.once("end", resolve);
    input.once("close", resolve);
  });
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([inputEnded.then(answered), aborted]);
  await close();
}

/** Watches a connected transport; the function that is returned waits until no request is left open. */
function followRequests(transport: Transport): () => Promise<void> {
  const open = new Set<string | number>();
  let settled: (() => void) | undefined;
  const receive = transport.onmessage;
  const send = transport.send.bind(transport);
  transport.onmessage = (message) => {
    if ("method" in message && "id" in message) open.add(message.id);
    receive?.(message);
  };
  transport.send = async (message) => {
    await send(message);
    if (!("method" in message) && "id" in message && message.id !== undefined) {
      open.delete(message.id);
    }
    if (open.size === 0) settled?.();
  };
  return () =>
    new Promise((resolve) => {
      if (open.size === 0) resolve();
      settled = resolve;
    });
}
