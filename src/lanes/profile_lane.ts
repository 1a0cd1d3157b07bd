// Owns: which lane a profile works on, as its files say.

import { type HermesError, toHermesError } from "../base/errors.ts";
import { buildConfig, readTexts } from "../config/load.ts";
import { profileHomeOf } from "../config/paths.ts";
import { readTextIfExists } from "../platform/files.ts";
import { joinPath } from "../platform/paths.ts";
import { builtinLane } from "./builtin_name.ts";
import type { Lane } from "./manifest.ts";

/** The lane of a profile, or why there is none. */
export type ProfileLane =
  /** `lane` is null for the built-in agent. */
  | { ok: true; name: string; lane: Lane | null; file: string | null }
  /** What its files say cannot be used. */
  | { ok: false; error: HermesError };

/** The lane of the agent inside this program. */
export const builtinChoice: ProfileLane = { ok: true, name: builtinLane, lane: null, file: null };

/**
 * The lane of profile `name`: what `worker:` says in its profile.yaml, else in its config.yaml, else in the
 * shared config.yaml, else the built-in agent. Never throws for what the files say.
 */
export function profileLane(root: string, name: string): Promise<ProfileLane> {
  return new LaneBook(root).of(name);
}

/** Lanes of profiles; a file is parsed again only when its text has changed. */
export class LaneBook {
  readonly #root: string;
  readonly #known = new Map<string, { text: string; lane: ProfileLane | null }>();
  /** By profile: the texts of its configuration, and why they cannot be used. */
  readonly #checked = new Map<string, { texts: string; error: HermesError | null }>();

  constructor(root: string) {
    this.#root = root;
  }

  /** {@link profileLane}, as the files are now. */
  async of(name: string): Promise<ProfileLane> {
    const home = profileHomeOf(this.#root, name);
    const files = [joinPath(home, "profile.yaml"), joinPath(home, "config.yaml")];
    if (home !== this.#root) files.push(joinPath(this.#root, "config.yaml"));
    try {
      for (const file of files) {
        const lane = await this.#in(file);
        if (lane !== null) return lane;
      }
      return builtinChoice;
    } catch (thrown) {
      return { ok: false, error: toHermesError(thrown) };
    }
  }

  /**
   * {@link of}, or what is wrong with the configuration: a worker that reads it fails before it begins, however
   * often it is tried.
   */
  async startable(name: string): Promise<ProfileLane> {
    const lane = await this.of(name);
    const error = lane.ok ? await this.#configError(name) : null;
    return error === null ? lane : { ok: false, error };
  }

  async #configError(name: string): Promise<HermesError | null> {
    const file = joinPath(this.#root, "config.yaml");
    const profileFile = joinPath(profileHomeOf(this.#root, name), "config.yaml");
    try {
      // The environment is the gateway's own affair: it would not run with one that cannot be used.
      const found = await readTexts({ file, profileFile, env: {} });
      const texts = JSON.stringify(found);
      const known = this.#checked.get(name);
      if (known?.texts === texts) return known.error;
      const error = await buildConfig(found, {}).then(() => null, toHermesError);
      this.#checked.set(name, { texts, error });
      return error;
    } catch (thrown) {
      return toHermesError(thrown);
    }
  }

  /** What one file says; null when it says nothing. */
  async #in(file: string): Promise<ProfileLane | null> {
    const text = await readTextIfExists(file);
    // Most files say nothing of it: they are not parsed, and may be as they like.
    if (text === null || !/^["']?worker["']?\s*:/m.test(text)) return null;
    const known = this.#known.get(file);
    if (known?.text === text) return known.lane;
    const lane = await parsed(file, text);
    this.#known.set(file, { text, lane });
    return lane;
  }
}

async function parsed(file: string, text: string): Promise<ProfileLane | null> {
  const [{ parseYamlLayer }, { readLane }] = await Promise.all([
    import("../config/yaml_layer.ts"),
    import("./read_lane.ts"),
  ]);
  try {
    const worker = parseYamlLayer(file, text).values["worker"];
    if (worker === undefined || worker === null) return null;
    const lane = readLane(worker, file);
    return { ok: true, name: lane?.name ?? builtinLane, lane, file };
  } catch (thrown) {
    return { ok: false, error: toHermesError(thrown) };
  }
}
