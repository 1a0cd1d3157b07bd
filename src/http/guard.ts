// Owns: who gets in: every request is looked at here before anything else happens.

import { HermesError } from "../base/errors.ts";
import { errorAnswer } from "./answer.ts";
import { asksForEvents } from "./event_socket.ts";
import { Failures } from "./failures.ts";
import type { LoginCodes } from "./login_codes.ts";
import { type Address, isForeign, isOwnHost, isUnsafe } from "./origin.ts";
import { signInPage } from "./sign_in_page.ts";
import { isToken, sessionCookie, shownToken } from "./token.ts";

/** What a guard knows. */
export interface GuardOptions {
  token: string;
  codes: LoginCodes;
  /** Seconds of a clock that does not jump. */
  seconds(): number;
}

/** A request that may go on, or the answer to one that may not. */
export type Verdict =
  | {
    ok: true;
    /** What the server was called. */
    host: string;
    /** False only for a socket: it is opened to be closed with a code, for a page cannot read a status. */
    known: boolean;
  }
  | { ok: false; response: Response };

/** Checks name, origin and token. */
export class Guard {
  readonly #token: string;
  readonly #codes: LoginCodes;
  readonly #seconds: () => number;
  readonly #failures = new Failures();

  constructor({ token, codes, seconds }: GuardOptions) {
    this.#token = token;
    this.#codes = codes;
    this.#seconds = seconds;
  }

  /** Looks at a request from the address `peer`. */
  judge(request: Request, address: Address, peer: string): Verdict {
    const host = request.headers.get("host");
    if (!isOwnHost(host, address)) return refused(unknownHost(host));
    const url = new URL(request.url);
    const socket = asksForEvents(request);
    const page = !url.pathname.startsWith("/api/") && url.pathname !== "/mcp" && !socket;
    const navigates = page && request.headers.get("sec-fetch-mode") === "navigate";
    const strict = socket || isUnsafe(request.method) || !navigates;
    if (strict && isForeign(request, host!)) return refused(foreign());
    if (page && request.method === "GET" && url.searchParams.has("token")) {
      return this.#welcome(url, address.port, peer);
    }
    const shown = shownToken(request, {
      port: address.port,
      query: socket ? url.searchParams : null,
    });
    if (shown !== null && isToken(shown.value, this.#token)) {
      return { ok: true, host: host!, known: true };
    }
    const wait = shown === null ? 0 : this.#failures.record(peer, this.#seconds());
    if (wait > 0) return refused(tooMany(), { "retry-after": String(wait) });
    if (socket) return { ok: true, host: host!, known: false };
    const challenge = { "www-authenticate": 'Bearer realm="hermes"' };
    if (navigates) return { ok: false, response: signInPage(challenge) };
    return refused(shown === null ? noToken() : wrongToken(), challenge);
  }

  /** A word that stands for the token once, for an address that others may see. */
  issueCode(): string {
    return this.#codes.issue();
  }

  /** Takes the token out of the address, where it would be seen and remembered, and into a cookie. */
  #welcome(url: URL, port: number, peer: string): Verdict {
    const shown = url.searchParams.get("token") ?? "";
    if (!isToken(shown, this.#token) && !this.#codes.redeem(shown)) {
      const wait = this.#failures.record(peer, this.#seconds());
      if (wait > 0) return refused(tooMany(), { "retry-after": String(wait) });
      return refused(wrongToken());
    }
    url.searchParams.delete("token");
    // A path that begins with two slashes would lead to another server.
    const path = url.pathname.replace(/^\/+/, "/");
    const headers = {
      location: `${path}${url.search}`,
      "set-cookie": sessionCookie(this.#token, port),
    };
    return { ok: false, response: new Response(null, { status: 303, headers }) };
  }
}

const remedy =
  "Open the address that hermes dashboard prints, or send: Authorization: Bearer <token>";

function refused(error: HermesError, headers: Record<string, string> = {}): Verdict {
  return { ok: false, response: errorAnswer(error, headers) };
}

function unknownHost(host: string | null): HermesError {
  const name = (host ?? "").slice(0, 100);
  return new HermesError("forbidden", `Cannot answer for host "${name}": it is not this server`, {
    remedy: "Use the address that hermes dashboard prints, or start it with --host <name>.",
  });
}

function foreign(): HermesError {
  return new HermesError(
    "forbidden",
    "Cannot answer: the request comes from a page of another site",
  );
}

function noToken(): HermesError {
  return new HermesError("unauthenticated", "Cannot answer: no session token was shown", {
    remedy,
  });
}

function wrongToken(): HermesError {
  return new HermesError(
    "unauthenticated",
    "Cannot answer: the session token is wrong, or of an earlier start",
    { remedy },
  );
}

function tooMany(): HermesError {
  return new HermesError("rate_limited", "Cannot answer: too many wrong tokens were shown", {
    remedy,
  });
}
