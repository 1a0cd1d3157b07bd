// Owns: turning the text of a YAML file into a layer, with errors that name file, line and column.

import { LineCounter, parseDocument } from "yaml";
import type { Node, YAMLError } from "yaml";
import { HermesError } from "../base/errors.ts";
import { isMapping } from "./layer.ts";
import type { KeyPath, Layer } from "./layer.ts";

/**
 * Parses the text of `file`. An empty file is an empty layer.
 *
 * @throws HermesError `config` when the text is no YAML, or no mapping of keys to values.
 */
export function parseYamlLayer(file: string, text: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw corrupt(file, broken, lines);
  const values = toValues(file, () => document.toJS());
  return {
    values,
    origin(path: KeyPath): string {
      const node = document.getIn(path, true) as Node | undefined;
      const offset = node?.range?.[0];
      return offset === undefined ? file : `${file} line ${lines.linePos(offset).line}`;
    },
  };
}

function toValues(file: string, read: () => unknown): Record<string, unknown> {
  let values: unknown;
  try {
    values = read();
  } catch (cause) {
    throw new HermesError("config", `Cannot read config "${file}": ${(cause as Error).message}`, {
      remedy: "Remove the aliases that expand without end",
      cause,
    });
  }
  if (values === null || values === undefined) return {};
  if (isMapping(values)) return values;
  throw new HermesError("config", `Cannot read config "${file}": expected keys with values`, {
    remedy: 'Write one "key: value" per line, for example "kanban:" with indented keys below it',
  });
}

function corrupt(file: string, error: YAMLError, lines: LineCounter): HermesError {
  const { line, col } = lines.linePos(error.pos[0]);
  const reason = error.message.replace(/\s+/g, " ").trim();
  return new HermesError(
    "config",
    `Cannot read config "${file}": line ${line}, column ${col}: ${reason}`,
    {
      remedy: `Correct line ${line} of the file, or move the file away to start from the defaults`,
      details: { file, line, column: col },
    },
  );
}
