// Owns: a cost of which a part may be unknown, in words.

import { dollars } from "../format/money.ts";

/** `$1.20`; `≥ $1.20` when some of it is unknown; `unknown` when all of it is. Never 0 for unknown. */
export function costWords(
  { cost_usd, unknown_runs }: { cost_usd: number | null; unknown_runs: number },
): string {
  if (cost_usd === null) return "unknown";
  return unknown_runs > 0 ? `≥ ${dollars(cost_usd)}` : dollars(cost_usd);
}
