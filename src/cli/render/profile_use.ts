// Owns: the text of `profile use`.

import type { ProfileUseOutput } from "../../ops/profiles/use.ts";

export function text({ name, previous }: ProfileUseOutput): string {
  return name === previous
    ? `Profile ${name} is active already`
    : `Profile ${name} is active now (it was ${previous})`;
}
