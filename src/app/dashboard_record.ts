// Owns: the file in which a running dashboard says where it is, readable by its owner alone.

import {
  ensureDir,
  readTextIfExists,
  removeTreeInside,
  writeTextAtomic,
} from "../platform/files.ts";
import { joinPath } from "../platform/paths.ts";
import { fetchUrl } from "../platform/http_server.ts";

/** Where a server is, and what it wants to be shown. */
export interface ServerRecord {
  port: number;
  url: string;
  token: string;
}

/** Milliseconds a server may take to say that it is there. */
const patienceMs = 2000;

/** Writes the record of a server that runs. @throws HermesError `io`. */
export async function recordServer(root: string, record: ServerRecord): Promise<void> {
  await ensureDir(runFolder(root), 0o700);
  const text = `${JSON.stringify(record)}\n`;
  await writeTextAtomic(recordFile(root, record.port), text, { mode: 0o600 });
}

/** Removes the record of a server, unless a later one has written its own. */
export async function forgetServer(root: string, port: number, token: string): Promise<void> {
  if ((await readRecord(root, port))?.token !== token) return;
  await removeTreeInside(runFolder(root), recordFile(root, port)).catch(() => {});
}

/** A server of this home that answers at `port`; null when there is none. */
export async function findServer(root: string, port: number): Promise<ServerRecord | null> {
  const record = await readRecord(root, port);
  if (record === null) return null;
  const said = await ask(record, "GET", "/api/health") as { root?: unknown } | null;
  return said?.root === root ? record : null;
}

/** An address that lets one browser in, once; null when the server does not give one. */
export async function onceUrlOf(record: ServerRecord): Promise<string | null> {
  const said = await ask(record, "POST", "/api/login-code") as { code?: unknown } | null;
  return typeof said?.code === "string" ? `${record.url}/?token=${said.code}` : null;
}

async function ask({ url, token }: ServerRecord, method: string, path: string): Promise<unknown> {
  try {
    const response = await fetchUrl(url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    });
    return await response.json();
  } catch {
    return null;
  }
}

async function readRecord(root: string, port: number): Promise<ServerRecord | null> {
  const text = await readTextIfExists(recordFile(root, port)).catch(() => null);
  try {
    const { url, token } = JSON.parse(text ?? "null") as ServerRecord;
    return typeof url === "string" && typeof token === "string" ? { port, url, token } : null;
  } catch {
    return null;
  }
}

function runFolder(root: string): string {
  return joinPath(root, "run");
}

function recordFile(root: string, port: number): string {
  return joinPath(runFolder(root), `dashboard-${port}.json`);
}
