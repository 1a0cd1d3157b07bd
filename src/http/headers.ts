// Owns: the headers that go with every answer, so that a browser keeps what it shows to itself.

/** Everything comes from this server, nothing is written into a page, nobody puts the page into a frame. */
function contentPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Not every browser counts the socket of the same server as 'self'.
    `connect-src 'self' ws://${host}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const fixed: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
];

/** The policy for files that came from outside: not even this server's scripts run in them. */
export const foreignFilePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

/**
 * Adds the headers to an answer; those it has already stay.
 *
 * @param host what the server was called in the request, known to be its own name.
 */
export function harden(response: Response, host: string): Response {
  const { headers } = response;
  for (const [name, value] of fixed) if (!headers.has(name)) headers.set(name, value);
  if (!headers.has("content-security-policy")) {
    headers.set("content-security-policy", contentPolicy(host));
  }
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return response;
}
