// Owns: the text of one outcome of `profile describe`.

import { HermesError } from "../../base/errors.ts";
import type { ProfileDescribeItem } from "../../ops/profiles/describe.ts";
import { plainText } from "../terminal.ts";

export const empty = "Every profile has a description.";

export function text(item: ProfileDescribeItem): string {
  const { profile, description, description_auto, changed } = item;
  if (changed && description === "") return `Cleared the description of ${profile}.`;
  if (changed) return `Described ${profile}: ${plainText(description)}`;
  if (description === "") {
    return `(no description — set one with: hermes profile describe ${profile} --text "…")`;
  }
  return `${description_auto ? "[auto] " : ""}${plainText(description)}`;
}

export function refusal({ ok, profile, reason }: ProfileDescribeItem): HermesError | null {
  return ok ? null : new HermesError("refused", `Cannot describe profile "${profile}": ${reason}`);
}
