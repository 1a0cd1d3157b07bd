// Owns: profile descriptions — showing, setting and having a model write them.

import { errorText, HermesError } from "../base/errors.ts";
import { cut } from "../base/text.ts";
import { askAuxiliary } from "../llm/auxiliary.ts";
import type { AuxiliaryDeps } from "../llm/auxiliary.ts";
import { parseLenientObject } from "../llm/lenient_json.ts";
import { readProfileCard, writeProfileCard } from "./profile_file.ts";
import systemPrompt from "./prompts/describer.txt" with { type: "text" };
import { getProfile, listProfiles } from "./roster.ts";
import type { Profile, RosterPaths } from "./roster.ts";
import { skillNames } from "./skills.ts";

const longestDescription = 280;
const sampledSkills = 20;

/** What came of describing one profile. */
export interface DescribeOutcome {
  ok: boolean;
  profile: string;
  /** Why not; empty when `ok`. */
  reason: string;
  /** The description now in force. */
  description: string;
}

/** Everything the describer touches. */
export interface DescribeDeps extends AuxiliaryDeps {
  paths: RosterPaths;
  signal?: AbortSignal;
}

/** A profile's description as `profile describe` prints it. */
export function descriptionLine(
  profile: Pick<Profile, "name" | "description" | "descriptionAuto">,
) {
  const { name, description, descriptionAuto } = profile;
  if (!description) {
    return `(no description — set one with: hermes profile describe ${name} --text "…")`;
  }
  return descriptionAuto ? `[auto] ${description}` : description;
}

/**
 * Stores a description a person wrote; an empty text clears it.
 *
 * @throws HermesError `not_found` for an unknown profile; `config` or `io` when it cannot be stored.
 */
export async function setDescription(
  paths: RosterPaths,
  name: string,
  text: string,
): Promise<Profile> {
  const profile = await getProfile(paths, name);
  const card = { description: text.trim(), descriptionAuto: false };
  await writeProfileCard(profile.home, card);
  return { ...profile, ...card };
}

/**
 * Has a model describe one profile and stores the result as written by a model. A description a
 * person wrote stays unless `overwrite`. Expected failures come back in the outcome.
 */
export async function describeProfile(
  deps: DescribeDeps,
  name: string,
  options: { overwrite?: boolean } = {},
): Promise<DescribeOutcome> {
  try {
    const profile = await getProfile(deps.paths, name);
    const isWrittenByPerson = profile.description !== "" && !profile.descriptionAuto;
    if (isWrittenByPerson && !options.overwrite) {
      return failed(
        profile.name,
        "it has a description a person wrote; pass --overwrite to replace it",
        profile,
      );
    }
    return await describe(deps, profile, options.overwrite ?? false);
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    const reason = thrown.code === "not_found" ? "profile not found" : errorText(thrown);
    return failed(name, reason);
  }
}

/** {@link describeProfile} for every profile that has no description, one after the other. */
export async function describeMissing(deps: DescribeDeps): Promise<DescribeOutcome[]> {
  const outcomes: DescribeOutcome[] = [];
  for (const profile of await listProfiles(deps.paths)) {
    if (profile.description === "") outcomes.push(await describeProfile(deps, profile.name));
  }
  return outcomes;
}

async function describe(
  deps: DescribeDeps,
  profile: Profile,
  overwrite: boolean,
): Promise<DescribeOutcome> {
  const answer = await askAuxiliary(deps, "profile_describer", {
    system: systemPrompt,
    user: await facts(profile),
    temperature: 0.3,
    maxTokens: 400,
    signal: deps.signal,
  });
  if (!answer.ok) return failed(profile.name, answer.reason, profile);
  const description = readDescription(answer.reply.text);
  if (description === "") {
    return failed(profile.name, "the model returned an empty description", profile);
  }
  // A person may have written one while the model was thinking.
  const now = await readProfileCard(profile.home);
  if (!overwrite && now.description !== "" && !now.descriptionAuto) {
    const reason = "a person described it in the meantime; that description stays";
    return { ok: false, profile: profile.name, reason, description: now.description };
  }
  await writeProfileCard(profile.home, { description, descriptionAuto: true });
  return { ok: true, profile: profile.name, reason: "", description };
}

async function facts(profile: Profile): Promise<string> {
  const skills = (await skillNames(profile.home)).slice(0, sampledSkills);
  return [
    `name: ${profile.name}`,
    `model: ${profile.model || "unknown"}`,
    `provider: ${profile.provider || "unknown"}`,
    `skill count: ${profile.skillCount}`,
    `skills: ${skills.join(", ") || "none"}`,
  ].join("\n");
}

/** The `description` of a JSON reply; any other reply counts as prose whose first paragraph is meant. */
export function readDescription(reply: string): string {
  const parsed = parseLenientObject(reply);
  const given = parsed.ok ? parsed.value["description"] : firstParagraph(reply);
  const text = typeof given === "string" ? given.replace(/\s+/g, " ").trim() : "";
  return cut(text, longestDescription).trimEnd();
}

function firstParagraph(text: string): string {
  const unfenced = text.replace(/^[ \t]*```[^\n`]*$/gm, "");
  return unfenced.split(/\n\s*\n/).map((part) => part.trim()).find((part) => part !== "") ?? "";
}

function failed(profile: string, reason: string, known?: Profile): DescribeOutcome {
  return { ok: false, profile, reason, description: known?.description ?? "" };
}
