// Owns: `profile.yaml` — what a profile is good at, and who wrote that.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { editYaml } from "../config/edit.ts";
import { exists, readTextIfExists, writeTextAtomic } from "../platform/files.ts";

/** What `profile.yaml` says. */
export interface ProfileCard {
  /** Empty when nobody wrote one. */
  description: string;
  /** Whether a model wrote the description. */
  descriptionAuto: boolean;
}

/** Reads a profile's card; a missing or corrupt file reads as empty. */
export async function readProfileCard(home: string): Promise<ProfileCard> {
  const card = await readMapping(join(home, "profile.yaml"));
  const description = card["description"];
  return {
    description: typeof description === "string" ? description.trim() : "",
    descriptionAuto: card["description_auto"] === true,
  };
}

/**
 * Writes description and authorship; all other keys and comments of the file stay.
 *
 * @throws HermesError `not_found` when the profile's folder does not exist; `config` when the file
 * is corrupt (it is left alone); `io` when it cannot be written.
 */
export async function writeProfileCard(home: string, card: ProfileCard): Promise<void> {
  if (!await exists(home)) {
    throw new HermesError("not_found", `Cannot describe profile "${home}": no such folder`, {
      remedy: "Create the profile first: hermes profile create <name>",
    });
  }
  const file = join(home, "profile.yaml");
  let text = await readTextIfExists(file) ?? "";
  text = await editYaml(file, text, ["description"], card.description);
  text = await editYaml(file, text, ["description_auto"], card.descriptionAuto);
  await writeTextAtomic(file, text);
}

/** The keys of a YAML file, read without judging: whatever is no mapping of keys reads as empty. */
export async function readMapping(file: string): Promise<Record<string, unknown>> {
  const text = await readTextIfExists(file);
  if (!text?.trim()) return {};
  const { parseYamlLayer } = await import("../config/yaml_layer.ts");
  try {
    return parseYamlLayer(file, text).values;
  } catch {
    return {};
  }
}
