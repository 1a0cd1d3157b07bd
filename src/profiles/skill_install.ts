// Owns: putting a skill into a profile's home: looking at it, checking it, copying it whole or not at all.

import { dirname, join, resolve } from "node:path";
import { HermesError } from "../base/errors.ts";
import { randomIds } from "../base/ids.ts";
import { lookAt, walkTree } from "../platform/file_tree.ts";
import {
  ensureDir,
  isInside,
  readTextIfExists,
  removeTreeInside,
  writeTextAtomic,
} from "../platform/files.ts";
import { copyExecutable, copyFileNew, movePath } from "../platform/transfer.ts";
import { checkSkillText, largestSkillBytes, type SkillText, tooLarge } from "./skill_file.ts";

/** Levels below a source in which skills are looked for. */
const searchedDepth = 4;
/** What one skill may hold. */
const most = { files: 500, bytes: 20 * 1024 * 1024, depth: 8 };
/** Never part of a skill. */
const leftOut = [".git", "node_modules", "__pycache__"];

/** A skill that could be installed. */
export interface SkillSource {
  text: SkillText;
  /** Its `SKILL.md` as it is. */
  raw: string;
  /** Absolute; null for one that comes with hermes. */
  folder: string | null;
}

/**
 * The skills in a folder: the one it is, else those in it or in folders up to four levels below.
 *
 * @throws HermesError `not_found` when there is none; `invalid` when one cannot be installed; `io`.
 */
export async function skillsIn(path: string): Promise<SkillSource[]> {
  const root = resolve(path);
  if ((await lookAt(root))?.kind !== "folder") {
    throw new HermesError("not_found", `Cannot install skill "${path}": there is no such folder`, {
      remedy: "Give a folder with a SKILL.md in it, the address of a git repository, " +
        "or the name of a skill that comes with hermes.",
    });
  }
  const folders = await skillFoldersIn(root);
  if (folders.length === 0) {
    throw new HermesError("not_found", `Cannot install skill "${path}": it holds no SKILL.md`);
  }
  return await Promise.all(folders.map(async (folder) => {
    const file = join(folder, "SKILL.md");
    if (!await isInside(root, file)) throw leadsOut(folder, "SKILL.md");
    // Looked at before it is read: a pipe would be waited for, and a huge file fill the memory.
    const found = await lookAt(file);
    if (found?.kind !== "file") throw noFile(folder, "SKILL.md");
    if (found.size > largestSkillBytes) throw tooLarge(folder);
    const raw = await readTextIfExists(file) ?? "";
    return { text: await checkSkillText(raw, folder), raw, folder };
  }));
}

/**
 * Copies a skill to `<skillsDir>/<name>`, where nothing may be yet.
 *
 * @param notes facts on where it came from, kept beside it.
 * @param makeWay called once the copy is complete, before it takes its place.
 * @returns the new folder and how many files were copied.
 * @throws HermesError `invalid` when it is too large or a link leads out of it; `io`. Nothing stays behind then.
 */
export async function installSkill(
  skill: SkillSource,
  skillsDir: string,
  notes: Record<string, unknown>,
  makeWay: () => Promise<void> = () => Promise.resolve(),
): Promise<{ folder: string; files: number }> {
  const staging = join(skillsDir, `.installing-${skill.text.name}-${randomIds.token(6)}`);
  const folder = join(skillsDir, skill.text.name);
  await ensureDir(staging);
  try {
    let files = 1;
    if (skill.folder === null) await writeTextAtomic(join(staging, "SKILL.md"), skill.raw);
    else files = await copyTree(skill.folder, staging);
    await writeTextAtomic(join(staging, ".origin.json"), `${JSON.stringify(notes, null, 2)}\n`);
    await makeWay();
    await movePath(staging, folder);
    return { folder, files };
  } catch (thrown) {
    await removeTreeInside(skillsDir, staging).catch(() => {});
    throw thrown;
  }
}

async function skillFoldersIn(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of walkTree(root, { maxDepth: searchedDepth, skip: leftOut })) {
    const isSkill = entry.path === "SKILL.md" || entry.path.endsWith("/SKILL.md");
    if (isSkill && entry.kind !== "folder") found.push(join(root, dirname(entry.path)));
  }
  const own = found.find((folder) => folder === root);
  return own ? [own] : found;
}

async function copyTree(from: string, to: string): Promise<number> {
  let [files, bytes] = [0, 0];
  for await (const entry of walkTree(from, { maxDepth: most.depth, skip: leftOut })) {
    const [source, target] = [join(from, entry.path), join(to, entry.path)];
    if (entry.kind === "folder") {
      if (!entry.skipped) await ensureDir(target);
      else if (!leftOut.includes(entry.path.split("/").at(-1)!)) {
        throw tooMuch(from, `it is nested deeper than ${most.depth} folders`);
      }
      continue;
    }
    if (entry.path === ".origin.json") continue;
    if (entry.kind === "link") {
      if (!await isInside(from, source)) throw leadsOut(from, entry.path);
      if ((await lookAt(source))?.kind !== "file") throw noFile(from, entry.path);
    }
    if (entry.kind === "other") throw noFile(from, entry.path);
    if (++files > most.files) throw tooMuch(from, `it has more than ${most.files} files`);
    // A file that is swapped for another while it is copied stays within the limit too.
    bytes += await copyFileNew(source, target, most.bytes - bytes) ?? 0;
    await copyExecutable(source, target);
  }
  return files;
}

function leadsOut(skill: string, path: string): HermesError {
  return new HermesError(
    "invalid",
    `Cannot install skill "${skill}": the link ${path} leads out of its folder`,
    { remedy: "Put the file itself into the skill." },
  );
}

function noFile(skill: string, path: string): HermesError {
  return new HermesError(
    "invalid",
    `Cannot install skill "${skill}": ${path} is neither a file nor a folder`,
    { remedy: "Put ordinary files into the skill." },
  );
}

function tooMuch(skill: string, reason: string): HermesError {
  return new HermesError("invalid", `Cannot install skill "${skill}": ${reason}`, {
    remedy: "A skill is instructions and what they need; leave data and builds out.",
  });
}
