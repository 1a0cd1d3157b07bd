// Owns: the parser of `.env` texts, loaded only when there is such a text. A bundle resolves names of this package in a static import alone.

import { parse } from "dotenv";

/** The assignments of a `.env` text: quotes taken off, comments left out. */
export function parseEnvText(text: string): Record<string, string> {
  return parse(text);
}
