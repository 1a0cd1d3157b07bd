// Owns: the secret of one running server — where it comes from, and whether a request shows it.

import { timingSafeEqual } from "../platform/secret.ts";

/** Bytes of a token that is made up; twice as many characters. */
export const tokenBytes = 32;

/** A token shorter than this can be guessed, in characters. */
export const shortToken = 24;

/** Name of the cookie. Cookies do not tell ports apart, and two servers may run on one machine. */
export function cookieName(port: number): string {
  return `hermes_session_${port}`;
}

/** The `Set-Cookie` value that hands the token to the browser, out of reach of scripts and other sites. */
export function sessionCookie(token: string, port: number): string {
  return `${cookieName(port)}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Where a request showed a token. */
export interface ShownToken {
  value: string;
  by: "header" | "cookie" | "query";
}

/**
 * The token that a request shows: `Authorization: Bearer`, else the cookie, else — only where the caller
 * allows it, for addresses end up in histories — the query.
 */
export function shownToken(
  request: Request,
  { port, query }: { port: number; query: URLSearchParams | null },
): ShownToken | null {
  const header = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (header !== undefined) return { value: header, by: "header" };
  const asked = query?.get("token");
  if (asked) return { value: asked, by: "query" };
  const cookie = cookieOf(request.headers.get("cookie") ?? "", cookieName(port));
  return cookie === null ? null : { value: cookie, by: "cookie" };
}

/** Compares in a time that does not tell how much of a guess is right. */
export function isToken(shown: string, token: string): boolean {
  return timingSafeEqual(shown, token);
}

function cookieOf(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, ...rest] = part.split("=");
    if (key?.trim() !== name) continue;
    try {
      return decodeURIComponent(rest.join("=").trim());
    } catch {
      return null;
    }
  }
  return null;
}
