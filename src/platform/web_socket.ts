// Owns: turning a request into a connection that stays open in both directions.

/** A connection to one client. */
export interface Socket {
  /** Bytes that were given to {@link send} and have not left yet. */
  readonly waiting: number;
  /** Sends a text; does nothing once the connection is closed. */
  send(text: string): void;
  /** Closes the connection, with a code that the client is told and a reason of at most 123 bytes. */
  close(code: number, reason: string): void;
}

/** What happens on a connection. */
export interface SocketEvents {
  /** The connection stands. */
  opened(socket: Socket): void;
  /** It is gone, whoever closed it; called once. */
  closed(): void;
}

/** Whether a request asks for such a connection. */
export function asksForSocket(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/**
 * Answers a request that {@link asksForSocket}. What the client says is not listened to.
 *
 * @param idleSeconds a client that is silent this long is asked for a sign of life, and dropped without one.
 * @returns null when the request is no valid handshake.
 */
export function openSocket(
  request: Request,
  idleSeconds: number,
  events: SocketEvents,
): Response | null {
  let upgraded: { socket: WebSocket; response: Response };
  try {
    upgraded = Deno.upgradeWebSocket(request, { idleTimeout: idleSeconds });
  } catch {
    return null;
  }
  const { socket, response } = upgraded;
  const connection: Socket = {
    get waiting() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close(code, reason) {
      if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
    },
  };
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    events.closed();
  };
  socket.addEventListener("open", () => events.opened(connection));
  socket.addEventListener("close", end);
  // An error is always followed by the end of the connection, but not always by `close`.
  socket.addEventListener("error", end);
  return response;
}
