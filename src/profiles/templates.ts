// Owns: templates — profiles that come with hermes, to be looked at and installed.

import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { parseYamlLayer } from "../config/yaml_layer.ts";
import { createProfile } from "./create.ts";
import { normalizeProfileName } from "./names.ts";
import type { Profile, RosterPaths } from "./roster.ts";
import { templateFiles } from "./template_files.ts";

/** A template as a list shows it. */
export interface Template {
  name: string;
  description: string;
  toolsets: string[];
}

/** All templates. */
export function listTemplates(): Template[] {
  return Object.entries(templateFiles).map(([name, { card, config }]) => {
    const { description } = parseYamlLayer(`${name}/profile.yaml`, card).values;
    const { toolsets } = parseYamlLayer(`${name}/config.yaml`, config).values;
    return {
      name,
      description: String(description ?? "").trim(),
      toolsets: Array.isArray(toolsets) ? toolsets.map(String) : [],
    };
  });
}

/**
 * Makes a profile from a template.
 *
 * @param as the new profile's name; by default that of the template.
 * @throws HermesError `not_found` for an unknown template, and as {@link createProfile}.
 */
export async function installTemplate(
  paths: RosterPaths,
  template: string,
  as: string = template,
): Promise<Profile> {
  const name = normalizeProfileName(template) ?? "";
  const files = Object.hasOwn(templateFiles, name) ? templateFiles[name] : undefined;
  if (!files) {
    const known = Object.keys(templateFiles);
    const close = suggest(template, known);
    throw new HermesError("not_found", `Cannot find template "${template}": there is none`, {
      remedy: close ? `Did you mean "${close}"?` : `There are: ${known.join(", ")}`,
      details: { template, templates: known },
    });
  }
  return await createProfile(paths, { name: as, files });
}
