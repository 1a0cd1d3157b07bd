// Owns: fetching somebody else's git repository without running anything of it.

import { parentPath } from "../platform/paths.ts";
import { git } from "./git.ts";

/** Whether `text` names a repository elsewhere, rather than a folder. */
export function isGitAddress(text: string): boolean {
  return /^(?:https?|ssh|git|file):\/\/./.test(text) || /^[\w.-]+@[\w.-]+:./.test(text);
}

/** The address without the user name and password that may stand in it. */
export function withoutCredentials(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
}

/**
 * Clones the newest commit of a repository into the folder `into`, which does not exist yet. No hook and no
 * submodule of it takes part.
 *
 * @param ref branch or tag; by default the repository's own choice.
 * @returns the commit's hash.
 * @throws HermesError `unavailable` in git's own words.
 */
export async function cloneNewest(address: string, into: string, ref?: string): Promise<string> {
  const safe = withoutCredentials(address);
  await git(
    parentPath(into),
    [
      ...["-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never"],
      ...["clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch"],
      ...(ref === undefined ? [] : [`--branch=${ref}`]),
      ...["--", address, into],
    ],
    "fetch repository",
    safe,
  );
  return (await git(into, ["rev-parse", "HEAD"], "read repository", safe)).trim();
}
