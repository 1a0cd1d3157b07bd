// Owns: the text of `context`.

import type { BriefOutput } from "../../ops/views/brief.ts";
import { plainText } from "../terminal.ts";

export function text({ context }: BriefOutput): string {
  return plainText(context);
}
