// Owns: the one path by which side jobs (planner, describer) ask a model something.

import { errorText, HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Environment } from "../config/env_names.ts";
import type { AuxiliarySlot, Config } from "../config/schema.ts";
import { createModelClient } from "./client.ts";
import type { ChatRequest, ModelClient, ModelReply } from "./messages.ts";
import { resolveModel } from "./model_settings.ts";
import type { ModelSettings } from "./model_settings.ts";
import { priceBook } from "./price_book.ts";
import { usageOfCall, type UsageTotals } from "./usage.ts";

/** What a side job needs to reach its model. */
export interface AuxiliaryDeps {
  config: Pick<Config, "model" | "auxiliary" | "agent"> & Partial<Pick<Config, "prices">>;
  env: Environment;
  log?: Log;
  /** Makes the client; the real one by default. */
  createClient?: (settings: ModelSettings) => ModelClient;
  /** Told what each answered call used. When it throws, that is logged: no answer is lost over its bill. */
  onUsage?: (used: UsageTotals) => Promise<void> | void;
}

/** A reply, or the reason there is none, worded for people. */
export type AuxiliaryAnswer = { ok: true; reply: ModelReply } | { ok: false; reason: string };

/**
 * Asks the model of `slot` one question. Expected failures (nothing configured, provider down,
 * overloaded, refused) come back as a reason.
 *
 * @throws only the signal's reason when the caller aborts, and bugs.
 */
export async function askAuxiliary(
  deps: AuxiliaryDeps,
  slot: AuxiliarySlot,
  question: Omit<ChatRequest, "messages" | "tools"> & { system: string; user: string },
): Promise<AuxiliaryAnswer> {
  const { system, user, ...limits } = question;
  const make = deps.createClient ?? ((settings) => createModelClient(settings, { log: deps.log }));
  try {
    const settings = resolveModel(deps.config, deps.env, slot);
    const client = make(settings);
    const reply = await client.chat({
      ...limits,
      messages: [{ role: "system", content: system }, { role: "user", content: user }],
    });
    await tellUsage(deps, settings, reply);
    return { ok: true, reply };
  } catch (thrown) {
    question.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return { ok: false, reason: reasonOf(thrown) };
  }
}

async function tellUsage(
  { config, onUsage, log }: AuxiliaryDeps,
  settings: ModelSettings,
  reply: ModelReply,
): Promise<void> {
  if (!onUsage) return;
  try {
    await onUsage(usageOfCall(reply, priceBook(config.prices ?? {}, settings), settings.model));
  } catch (thrown) {
    log?.warn("what a model call used could not be recorded", { error: errorText(thrown) });
  }
}

/** Why no model can be called for `slot` as configured; null when one can. Calls nothing. */
export function auxiliaryProblem(
  config: AuxiliaryDeps["config"],
  env: Environment,
  slot: AuxiliarySlot,
): string | null {
  try {
    resolveModel(config, env, slot);
    return null;
  } catch (thrown) {
    if (thrown instanceof HermesError) return reasonOf(thrown);
    throw thrown;
  }
}

function reasonOf(error: HermesError): string {
  const advice = error.remedy ? `. ${error.remedy}` : "";
  if (error.details?.["slot"]) return `${error.message}${advice}`;
  const status = error.details?.["status"];
  const isUnreachable = error.code === "unavailable" && typeof status !== "number";
  return `${
    isUnreachable ? "client unavailable" : `LLM error: ${error.code}`
  }: ${error.message}${advice}`;
}
