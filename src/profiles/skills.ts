// Owns: skills — Markdown instructions found by name in a profile, in the root, or built in.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { profileHomeOf } from "../config/paths.ts";
import type { Paths } from "../config/paths.ts";
import { exists, listDirs, readTextIfExists } from "../platform/files.ts";
import { readSkillText } from "./skill_file.ts";
import orchestratorSkill from "../../skills/devops/kanban-orchestrator/SKILL.md" with {
  type: "text",
};
import workerSkill from "../../skills/devops/kanban-worker/SKILL.md" with { type: "text" };

/** The skills that come with hermes, by name. */
export const builtInSkills: Readonly<Record<string, string>> = {
  "kanban-orchestrator": orchestratorSkill,
  "kanban-worker": workerSkill,
};

/** One skill, ready to be put into a system prompt. */
export interface Skill {
  name: string;
  description: string;
  version: string;
  /** The Markdown below the front matter. */
  body: string;
  source: "profile" | "shared" | "built-in";
  /** The `SKILL.md` it was read from; null for a built-in one. */
  file: string | null;
}

/**
 * Finds skill `name` for `profile`: in the profile's own `skills/`, then in the root's, then among
 * the built-in ones. A skill is a folder with a `SKILL.md`, directly in `skills/` or in a category.
 * Null when there is none. Names are looked up, never joined to a path.
 */
export async function findSkill(
  paths: Pick<Paths, "root">,
  profile: string,
  name: string,
): Promise<Skill | null> {
  const home = profileHomeOf(paths.root, profile);
  const homes = home === paths.root ? [paths.root] : [home, paths.root];
  for (const base of homes) {
    const file = (await skillFolders(base)).get(name);
    const text = file ? await readTextIfExists(file) : null;
    if (file && text !== null) {
      return parseSkill(name, text, base === paths.root ? "shared" : "profile", file);
    }
  }
  const text = Object.hasOwn(builtInSkills, name) ? builtInSkills[name] : undefined;
  return text === undefined ? null : parseSkill(name, text, "built-in", null);
}

/**
 * {@link findSkill} for every name, in order.
 *
 * @throws HermesError `not_found` naming the first skill the profile lacks, with a suggestion.
 */
export async function loadSkills(
  paths: Pick<Paths, "root">,
  profile: string,
  names: readonly string[],
): Promise<Skill[]> {
  const skills: Skill[] = [];
  for (const name of names) {
    const skill = await findSkill(paths, profile, name);
    if (!skill) throw await missingSkill(paths, profile, name);
    skills.push(skill);
  }
  return skills;
}

/** Every skill `profile` has, each once, in the order in which {@link findSkill} prefers them and by name. */
export async function visibleSkills(
  paths: Pick<Paths, "root">,
  profile: string,
): Promise<Skill[]> {
  const home = profileHomeOf(paths.root, profile);
  const names = new Set([
    ...await skillNames(home),
    ...await skillNames(paths.root),
    ...Object.keys(builtInSkills),
  ]);
  const found = await Promise.all([...names].map((name) => findSkill(paths, profile, name)));
  return found.filter((skill) => skill !== null);
}

/**
 * Of `names`, the skills that `profile` lacks, each with a sentence that says what to do. A worker that is to load
 * them could not start.
 */
export async function missingSkills(
  paths: Pick<Paths, "root">,
  profile: string,
  names: readonly string[],
): Promise<HermesError[]> {
  const missing: HermesError[] = [];
  for (const name of names) {
    if (await findSkill(paths, profile, name) === null) {
      missing.push(await missingSkill(paths, profile, name));
    }
  }
  return missing;
}

/**
 * {@link missingSkills} as a failure, for who is about to start a worker.
 *
 * @throws HermesError `not_found` whose message says what to do.
 */
export async function requireSkills(
  paths: Pick<Paths, "root">,
  profile: string,
  names: readonly string[],
): Promise<void> {
  const [missing] = await missingSkills(paths, profile, names);
  if (!missing) return;
  const { message, remedy, details } = missing;
  throw new HermesError("not_found", `${message}. ${remedy}`, { remedy, details });
}

/** The `SKILL.md` of a skill in the `skills/` folder of `home`; null when there is none of that name. */
export async function findInHome(home: string, name: string): Promise<string | null> {
  return (await skillFolders(home)).get(name) ?? null;
}

/** Names of the skills in the `skills/` folder of `home`, in alphabetical order. */
export async function skillNames(home: string): Promise<string[]> {
  return [...(await skillFolders(home)).keys()].sort();
}

async function missingSkill(
  paths: Pick<Paths, "root">,
  profile: string,
  name: string,
): Promise<HermesError> {
  const home = profileHomeOf(paths.root, profile);
  const known = [
    ...await skillNames(home),
    ...await skillNames(paths.root),
    ...Object.keys(builtInSkills),
  ];
  const close = suggest(name, known);
  return new HermesError(
    "not_found",
    `Cannot load skill "${name}": profile "${profile}" has none`,
    {
      remedy: close
        ? `Did you mean "${close}"?`
        : `Install it with: hermes -p ${profile} skills install <folder or git address>`,
      details: { skill: name, profile },
    },
  );
}

/** The folders in which skills lie: `skillsDir` and its categories. */
export async function skillParents(skillsDir: string): Promise<string[]> {
  const inside = (await listDirs(skillsDir)).filter(isVisible);
  return [skillsDir, ...inside.map((name) => join(skillsDir, name))];
}

/** Skill name → its `SKILL.md`. A skill directly in `skills/` wins over one in a category. */
async function skillFolders(home: string): Promise<Map<string, string>> {
  const root = join(home, "skills");
  const found = new Map<string, string>();
  for (const name of (await listDirs(root)).filter(isVisible)) {
    const file = join(root, name, "SKILL.md");
    if (await exists(file)) {
      found.set(name, file);
      continue;
    }
    for (const inner of (await listDirs(join(root, name))).filter(isVisible)) {
      const innerFile = join(root, name, inner, "SKILL.md");
      if (!found.has(inner) && await exists(innerFile)) found.set(inner, innerFile);
    }
  }
  return found;
}

/** Folders with a dot in front hold what is being installed or was thrown away. */
function isVisible(name: string): boolean {
  return !name.startsWith(".");
}

function parseSkill(
  name: string,
  text: string,
  source: Skill["source"],
  file: string | null,
): Skill {
  const { description, version, body } = readSkillText(text);
  return { name, description, version, body, source, file };
}
