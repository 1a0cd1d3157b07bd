// Owns: the `skill_view` tool: reading a skill that the prompt only names.

import { dirname } from "node:path";
import { HermesError } from "../../base/errors.ts";
import { cut } from "../../base/text.ts";
import { walkTree } from "../../platform/file_tree.ts";
import type { Skill } from "../../profiles/skills.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalText, textArgument } from "./arguments.ts";
import { readWorkspaceText } from "./workspace_path.ts";

/** Characters of one file at most. */
const longestText = 60_000;
/** Names of further files shown at most. */
const mostFiles = 50;

/**
 * Reads skills by name, and the files that lie beside a `SKILL.md`; nothing outside of a skill's own folder.
 *
 * @param load finds a skill. @throws HermesError `not_found` when there is none of that name.
 */
export function skillViewTool(load: (name: string) => Promise<Skill>): AgentTool {
  return {
    name: "skill_view",
    description: "Read a skill that your prompt names without quoting it, or a file of a skill.",
    parameters: objectSchema({
      name: { type: "string", description: "Name of the skill." },
      file: { type: "string", description: "A file of the skill. Default: its instructions." },
    }, ["name"]),
    async run(args) {
      const skill = await load(textArgument(args, "name").trim());
      const file = optionalText(args, "file", "");
      if (file === "") return await instructions(skill);
      if (skill.file === null) {
        throw new HermesError(
          "not_found",
          `Cannot read file "${file}" of skill "${skill.name}": it has no files`,
        );
      }
      return cut(await readWorkspaceText(dirname(skill.file), file), longestText);
    },
  };
}

async function instructions({ file, body }: Skill): Promise<string> {
  const text = cut(body, longestText);
  const files = file === null ? [] : await filesBeside(file);
  return files.length === 0
    ? text
    : `${text}\n\n[files of this skill, to be read with file: ${files.join(", ")}]`;
}

async function filesBeside(file: string): Promise<string[]> {
  const files: string[] = [];
  const options = { maxDepth: 4, skip: [".git", "node_modules"] };
  for await (const { kind, path } of walkTree(dirname(file), options)) {
    if (kind !== "file" || path === "SKILL.md" || path.startsWith(".")) continue;
    if (files.push(path) === mostFiles) break;
  }
  return files;
}
