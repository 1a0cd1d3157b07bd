// Owns: `WS /events`: the events of a board as they happen.

import { HermesError } from "../base/errors.ts";
import { asksForSocket, openSocket, type Socket } from "../platform/web_socket.ts";
import { errorAnswer } from "./answer.ts";
import type { EventHub } from "./event_hub.ts";
import { apiBase } from "./base_path.ts";

/** The code for a client that shows no valid token. */
const policyCode = 1008;
/** A client that is silent this long is asked for a sign of life, in seconds. */
const idleSeconds = 30;

/** Whether a request asks for the events of a board. No other address takes sockets. */
export function asksForEvents(request: Request): boolean {
  return asksForSocket(request) && new URL(request.url).pathname === `${apiBase}/events`;
}

/**
 * Answers the handshake of a socket. The board is pinned by it.
 *
 * @param hub null for a client that is not known: it is told so by the code its socket is closed with.
 */
export function watchEvents(
  request: Request,
  { hub, since }: { hub: EventHub | null; since: number },
): Response {
  let leave = () => {};
  const opened = (socket: Socket) => {
    if (hub) leave = hub.add(socket, since);
    else socket.close(policyCode, "the session token is missing or wrong");
  };
  return openSocket(request, idleSeconds, { opened, closed: () => leave() }) ?? noHandshake();
}

/** Number of the last event that was seen; what is no such number begins at the beginning. */
export function sinceOf(text: string | null): number {
  const number = Number(text);
  return text !== null && /^\d{1,15}$/.test(text) && Number.isSafeInteger(number) ? number : 0;
}

function noHandshake(): Response {
  return errorAnswer(new HermesError("usage", "Cannot open a socket: the handshake is not valid"));
}
