// Owns: listening for HTTP on this machine, and the one way out to the network.

import { errorText, HermesError } from "../base/errors.ts";
import { sleep } from "./timers.ts";

/** Who sent a request. */
export interface Peer {
  /** Network address without the port. */
  address: string;
}

/** Answers one request. `request.signal` is aborted when the client leaves or the server stops. */
export type RequestHandler = (request: Request, peer: Peer) => Response | Promise<Response>;

/** A server that accepts connections. */
export interface LocalServer {
  port: number;
  /** Base URL without a slash at the end, for instance `http://127.0.0.1:9119`. */
  url: string;
  /** Closes the socket and every open stream; resolves when both are closed. Idempotent. */
  stop(): Promise<void>;
}

/** How long a stop waits for handlers that ignore their signal, in milliseconds. */
const stopDeadlineMs = 2000;

/**
 * Serves HTTP on `hostname` (127.0.0.1 by default) and `port` (a free one by default). An error that
 * escapes the handler is answered with status 500.
 *
 * @throws HermesError `unavailable` when the address is taken or may not be used.
 */
export function serveLocal(
  handler: RequestHandler,
  options: { port?: number; hostname?: string } = {},
): LocalServer {
  const { port = 0, hostname = "127.0.0.1" } = options;
  const controller = new AbortController();
  const server = listen(handler, controller.signal, port, hostname);
  const name = hostname.includes(":") ? `[${hostname}]` : hostname;
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    // A graceful shutdown would wait for streams that never end by themselves.
    controller.abort();
    const over = new AbortController();
    await Promise.race([
      server.finished,
      sleep(stopDeadlineMs, over.signal, { unref: true }).catch(() => {}),
    ]);
    over.abort();
  };
  return {
    port: server.addr.port,
    url: `http://${name}:${server.addr.port}`,
    stop: () => stopped ??= stop(),
  };
}

/** The global `fetch`. */
export function fetchUrl(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return fetch(input, init);
}

function listen(
  handler: RequestHandler,
  signal: AbortSignal,
  port: number,
  hostname: string,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({
      port,
      hostname,
      signal,
      onListen() {},
      onError: () => new Response("Internal Server Error", { status: 500 }),
    }, (request, { remoteAddr }) => handler(request, { address: remoteAddr.hostname }));
  } catch (thrown) {
    const reason = thrown instanceof Deno.errors.AddrInUse
      ? "the port is in use"
      : errorText(thrown);
    throw new HermesError("unavailable", `Cannot listen on "${hostname}:${port}": ${reason}`, {
      remedy: "Choose another port, or stop the program that uses this one.",
      cause: thrown,
    });
  }
}
