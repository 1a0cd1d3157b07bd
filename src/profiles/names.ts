// Owns: what a profile may be called.

import { HermesError } from "../base/errors.ts";
import { defaultProfile, profileNamePattern } from "../config/paths.ts";

/** Words with a meaning of their own on the command line or as an assignee. */
const reservedNames: ReadonlySet<string> = new Set([
  "all",
  "boards",
  "chat",
  "completion",
  "config",
  "dashboard",
  "demo",
  "doctor",
  "gateway",
  "help",
  "hermes",
  "kanban",
  "lanes",
  "man",
  "mcp",
  "none",
  "profile",
  "profiles",
  "serve",
  "skills",
  "status",
  "update",
  "version",
]);

/** The stored form of a profile name (trimmed, lower-cased), or null when it is malformed. */
export function normalizeProfileName(text: string): string | null {
  const name = text.trim().toLowerCase();
  return profileNamePattern.test(name) ? name : null;
}

/**
 * The stored form of the name of a profile to be created.
 *
 * @param verb what is to be done, for the error.
 * @throws HermesError `invalid` when it is malformed, reserved, or `default`, which always exists.
 */
export function newProfileName(text: string, verb = "create"): string {
  const name = normalizeProfileName(text);
  const refuse = (reason: string, remedy: string) =>
    new HermesError("invalid", `Cannot ${verb} profile "${text}": ${reason}`, { remedy });
  if (name === null) {
    throw refuse(
      "the name is malformed",
      "Use 1 to 64 letters, digits, hyphens or underscores, starting with a letter or digit",
    );
  }
  if (name === defaultProfile) {
    throw refuse("it always exists", "Edit the shared config.yaml to change the default profile");
  }
  if (reservedNames.has(name)) {
    throw refuse(
      "the name is reserved",
      "Choose a name that is no hermes command, such as its role",
    );
  }
  return name;
}
