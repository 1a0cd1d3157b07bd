// Owns: changing one value in a YAML file a person wrote, leaving every other byte as it was.

import { HermesError } from "../base/errors.ts";
import { readTextIfExists, writeTextAtomic } from "../platform/files.ts";

/** What may be written: YAML scalars. */
export type ConfigScalar = string | number | boolean;

/**
 * Sets the value at `keyPath` in `file`, creating the file, the key and its parents as needed.
 * Comments, order, quoting and line ends of everything else are kept.
 *
 * @throws HermesError `config` when the file is no YAML or a parent holds something else than keys;
 * `io` when the file cannot be read or written.
 */
export async function setConfigValue(
  file: string,
  keyPath: readonly string[],
  value: ConfigScalar,
): Promise<void> {
  const before = await readTextIfExists(file) ?? "";
  const after = await editYaml(file, before, keyPath, value);
  if (after !== before) await writeTextAtomic(file, after);
}

/** {@link setConfigValue} on text; `file` only serves error messages. */
export async function editYaml(
  file: string,
  text: string,
  keyPath: readonly string[],
  value: ConfigScalar,
): Promise<string> {
  const { spliceYaml } = await import("./yaml_splice.ts");
  const { parseYamlLayer } = await import("./yaml_layer.ts");
  parseYamlLayer(file, text);
  const edited = spliceYaml(text, keyPath, value);
  if (edited !== null) return edited;
  throw new HermesError(
    "config",
    `Cannot set config key "${keyPath.join(".")}" in "${file}": a parent key holds no mapping`,
    { remedy: `Make ${keyPath.slice(0, -1).join(".")} a mapping in the file, or remove it` },
  );
}
