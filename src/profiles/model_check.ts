// Owns: finding out whether the configured model answers, before anybody waits for it.

import type { Clock } from "../base/clock.ts";
import { HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Environment } from "../config/env_names.ts";
import type { Config } from "../config/schema.ts";
import { createModelClient } from "../llm/client.ts";
import { resolveModel } from "../llm/model_settings.ts";

/** What came of asking the model for one word. */
export interface ModelCheck {
  ok: boolean;
  /** Null when none is configured. */
  provider: string | null;
  model: string | null;
  /** Address that was asked; null when none is configured. */
  baseUrl: string | null;
  /** Seconds until the answer; null when there was none. */
  seconds: number | null;
  /** Why not; empty when `ok`. */
  reason: string;
  /** What would help; empty when nothing is known. */
  remedy: string;
}

export interface ModelCheckDeps {
  config: Pick<Config, "model" | "auxiliary" | "agent">;
  env: Environment;
  clock: Clock;
  log?: Log;
  signal?: AbortSignal;
}

/** A person waits for this answer: longer is no. */
const patienceSeconds = 30;

/**
 * Asks the main model for one word, once. What can be expected to go wrong comes back as a reason.
 *
 * @throws only the signal's reason when the caller aborts, and bugs.
 */
export async function checkModel(deps: ModelCheckDeps): Promise<ModelCheck> {
  const { config, env, clock, log, signal } = deps;
  const { provider, default: model, base_url } = config.model;
  let check: ModelCheck = {
    ok: false,
    provider: provider || null,
    model: model || null,
    baseUrl: base_url || null,
    seconds: null,
    reason: "",
    remedy: "",
  };
  try {
    const found = resolveModel(config, env);
    check = { ...check, provider: found.provider, model: found.model, baseUrl: found.baseUrl };
    const timeoutSeconds = Math.min(found.timeoutSeconds, patienceSeconds);
    const settings = { ...found, timeoutSeconds, maxRetries: 0 };
    const begun = clock.now();
    await createModelClient(settings, { log }).chat({
      messages: [{ role: "user", content: "Answer with the one word: ready" }],
      ...(signal ? { signal } : {}),
    });
    return { ...check, ok: true, seconds: Math.max(0, clock.now() - begun) };
  } catch (thrown) {
    signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return { ...check, reason: thrown.message, remedy: thrown.remedy ?? "" };
  }
}
