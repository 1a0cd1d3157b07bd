// Owns: making titles and texts that a model wrote fit for the board.

import { cut } from "../base/text.ts";

/** Most characters of a title. */
export const longestTitle = 200;
/** Marks that turn the direction of all that follows, also outside of the title. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;
const invisible = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]*$/u;

/** One line of at most {@link longestTitle} characters; null when there is nothing to read in it. */
export function titleOf(value: unknown): string | null {
  const line = lineOf(value);
  return line === null ? null : cut(line, longestTitle).trimEnd();
}

/** One line of any length; null when there is nothing to read in it. */
export function lineOf(value: unknown): string | null {
  const text = textOf(value)?.replace(directionMarks, "");
  return text?.replace(/[\s\p{Cc}]+/gu, " ").trim() || null;
}

/** The text without control characters and blank ends; null when there is nothing to read in it. */
export function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.toWellFormed().replace(/[^\P{Cc}\t\r\n]/gu, "").trim();
  return invisible.test(text) ? null : text;
}
