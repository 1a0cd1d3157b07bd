// Owns: what a terminal sends when keys are pressed.

/** The key's own character, or its name in words of two letters and more. */
export type Key = string;

const named: Readonly<Record<string, Key>> = {
  "\x1b[A": "up",
  "\x1b[B": "down",
  "\x1b[C": "right",
  "\x1b[D": "left",
  "\x1bOA": "up",
  "\x1bOB": "down",
  "\x1bOC": "right",
  "\x1bOD": "left",
  "\x1b[H": "home",
  "\x1b[F": "end",
  "\x1b[1~": "home",
  "\x1b[4~": "end",
  "\x1b[5~": "pageup",
  "\x1b[6~": "pagedown",
  "\x1b[Z": "left",
  "\t": "right",
  "\r": "enter",
  "\n": "enter",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x03": "interrupt",
  "\x04": "interrupt",
  "\x15": "clear",
  "\x1b": "escape",
};

// deno-lint-ignore no-control-regex -- control characters are what keys send
const sequence = /\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|[\s\S]/gu;

/** The keys in a piece of input. Sequences and control characters of no meaning here are left out. */
export function readKeys(input: string): Key[] {
  return (input.match(sequence) ?? []).flatMap((text) => {
    const key = named[text];
    if (key !== undefined) return [key];
    return text.startsWith("\x1b") || text < " " ? [] : [text];
  });
}
