// Owns: a log as plain text: without colours, and no longer than a page can carry. Pure.

/** Escape sequences of terminals: colours, cursor moves, titles, links. */
const escapes =
  // deno-lint-ignore no-control-regex -- they begin with a control character
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;
/** What is left after that and shows as nothing or as boxes; tab and line feed stay. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text as a terminal would leave it: escapes gone, a line that was written over as it ended. */
export function plainLog(raw: string): string {
  return raw
    .replace(escapes, "")
    .replace(/\r+\n/g, "\n")
    .replace(/^.*\r(?=.)/gm, "")
    .replace(controls, "");
}

/** The end of `text`, at most `most` characters, from the beginning of a line on. */
export function lastLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(-most);
  const line = end.indexOf("\n");
  return line < 0 ? end : end.slice(line + 1);
}
