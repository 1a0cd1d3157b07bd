// Owns: which names this server answers to, and which pages may ask it to change something. Pure.

/** What a server is reached by. */
export interface Address {
  /** What it is bound to, such as `127.0.0.1` or `0.0.0.0`. */
  hostname: string;
  port: number;
  /** Further names the operator gave it. */
  names: readonly string[];
}

const loopbackNames: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];
const wildcards: readonly string[] = ["0.0.0.0", "::", "[::]"];

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const ipv6 = /^\[[0-9a-f:.]+\]$/;

/**
 * Whether a `Host` header names this server. A page of another site that made its own name point here
 * still says that name.
 */
export function isOwnHost(header: string | null, address: Address): boolean {
  if (header === null) return false;
  const match = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d+))?$/.exec(header.toLowerCase());
  if (!match) return false;
  const [, name = "", port = "80"] = match;
  if (Number(port) !== address.port) return false;
  if (loopbackNames.includes(name)) return true;
  if ([address.hostname, ...address.names].some((own) => bracketed(own) === name)) return true;
  // An address cannot be made to point somewhere else; a name can.
  return wildcards.includes(address.hostname) && (ipv4.test(name) || ipv6.test(name));
}

/**
 * Whether a page of another site asks. Browsers say where a page comes from whenever it changes something
 * or opens a socket; programs say nothing.
 *
 * @param host the `Host` header, known to be this server's.
 */
export function isForeign(request: Pick<Request, "headers">, host: string): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null) return origin.toLowerCase() !== `http://${host.toLowerCase()}`;
  const site = request.headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}

/** Whether a method can change something. */
export function isUnsafe(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(method);
}

/** Whether a server bound to this address can be reached from other machines. */
export function isPublic(hostname: string): boolean {
  return hostname !== "localhost" && hostname !== "::1" && hostname !== "[::1]" &&
    !/^127(\.\d{1,3}){3}$/.test(hostname);
}

function bracketed(name: string): string {
  const lower = name.toLowerCase();
  return lower.includes(":") && !lower.startsWith("[") ? `[${lower}]` : lower;
}
