// Owns: turning what the operating system refuses into an error that says what to do about it.

import { errorText, HermesError } from "../base/errors.ts";

const remedies: Record<string, string> = {
  EACCES: "Check the permissions of the path and of the folders above it.",
  EPERM: "Check the permissions and the owner of the path.",
  ENOSPC: "The disk is full: free some space and try again.",
  EDQUOT: "The disk quota is used up: free some space and try again.",
  EROFS: "The file system is read-only: choose another location or remount it writable.",
  ENOENT: "Check that the path is spelled correctly and exists.",
  ENOTDIR: "A part of the path is a file, not a folder: choose another location.",
  EISDIR: "The path is a folder, not a file: choose another location.",
  EEXIST: "Something else is already there: move it away or choose another location.",
  ENAMETOOLONG: "Choose a shorter path.",
  ELOOP: "The symbolic links of the path run in a circle: correct them.",
  EMFILE: "Too many files are open: raise the limit (ulimit -n) and try again.",
  ENFILE: "Too many files are open on this machine: close some programs and try again.",
};

const reasons: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOSPC: "no space left on device",
  EDQUOT: "disk quota exceeded",
  EROFS: "read-only file system",
  ENOENT: "no such file or directory",
  ENOTDIR: "not a directory",
  EISDIR: "is a directory",
  EEXIST: "already exists",
  ENAMETOOLONG: "file name too long",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENFILE: "too many open files in system",
};

/** The operating system's error name (`ENOENT`, `EPIPE`, …) of a thrown value; undefined when it has none. */
export function osErrorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const code = (thrown as { code?: unknown }).code;
  return typeof code === "string" ? code : undefined;
}

/** True when `thrown` says that the path, or a folder above it, does not exist. */
export function isMissing(thrown: unknown): boolean {
  return osErrorCode(thrown) === "ENOENT";
}

/** The error `Cannot <verb> <kind> "<path>": <reason>` with code `io` and a remedy when one is known. */
export function ioError(verb: string, kind: string, path: string, thrown: unknown): HermesError {
  if (thrown instanceof HermesError) return thrown;
  const code = osErrorCode(thrown);
  const reason = (code && reasons[code]) ?? errorText(thrown);
  return new HermesError("io", `Cannot ${verb} ${kind} "${path}": ${reason}`, {
    remedy: code ? remedies[code] : undefined,
    details: { path, ...(code ? { os_error: code } : {}) },
    cause: thrown,
  });
}
