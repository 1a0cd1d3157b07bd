// Owns: asking for answers in the form of a JSON Schema, and remembering which models refuse to.

import type { Log } from "../base/log.ts";
import type { ModelSettings } from "./model_settings.ts";

/** The form an answer is to have, for models that keep to a schema. */
export interface AnswerForm {
  /** Letters, digits, `_` and `-`. */
  name: string;
  /** JSON Schema in the strict subset: every key required, none besides those named. */
  schema: Record<string, unknown>;
}

/** Models that refused; for as long as this process runs. */
const refusing = new Set<string>();

/** The form to ask this model for; none when it refused one before, or the configuration sets its own. */
export function askableForm(
  form: AnswerForm | undefined,
  settings: ModelSettings,
): AnswerForm | undefined {
  const isSet = Object.hasOwn(settings.extraBody, "response_format");
  return isSet || refusing.has(keyOf(settings)) ? undefined : form;
}

/** The field of a request that asks for `form`. */
export function formField(form: AnswerForm | undefined): { response_format?: unknown } {
  if (!form) return {};
  const { name, schema } = form;
  return { response_format: { type: "json_schema", json_schema: { name, schema, strict: true } } };
}

/**
 * Whether a request failed because it asked for a form; this model is not asked for one again, which is
 * said once. Providers word it differently, but all name the field or the feature.
 */
export function refusesForm(thrown: unknown, settings: ModelSettings, log: Log): boolean {
  const { status, message } = thrown as { status?: unknown; message?: unknown };
  if (status !== 400 && status !== 422 && status !== 501) return false;
  const named = /response[_ ]?format|json[_ ]?schema|structured[_ ]?output/i;
  if (!named.test(String(message))) return false;
  if (refusing.has(keyOf(settings))) return true;
  refusing.add(keyOf(settings));
  const { model, baseUrl } = settings;
  const note = "The model takes no JSON schema for its answers; from now on it is told the form";
  log.info(note, { model, baseUrl });
  return true;
}

function keyOf({ baseUrl, model }: ModelSettings): string {
  return `${baseUrl} ${model}`;
}
