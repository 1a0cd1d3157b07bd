// Owns: fetching somebody else's git repository without running anything of it.

import { HermesError } from "../base/errors.ts";
import { parentPath } from "../platform/paths.ts";
import { git, gitReason, tryGit } from "./git.ts";

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
  const result = await tryGit(parentPath(into), [
    ...["-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never"],
    ...["clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch"],
    ...(ref === undefined ? [] : [`--branch=${ref}`]),
    ...["--", address, into],
  ]);
  if (result.code !== 0) {
    // Nothing in this error may repeat the address as it was given.
    const reason = gitReason(result).replaceAll(address, safe);
    throw new HermesError("unavailable", `Cannot fetch repository "${safe}": ${reason}`, {
      remedy: "Check the address, the branch, and whether git may read it.",
    });
  }
  return (await git(into, ["rev-parse", "HEAD"], "read repository", safe)).trim();
}
