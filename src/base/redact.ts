// Owns: removing secrets from text before it is written anywhere.

const mask = "[redacted]";

/** Shapes of credentials that providers document; matched anywhere in a text. */
const tokenShapes: RegExp[] = [
  /\bsk-(?:ant-|or-|proj-|live-|test-)?[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bAIza[0-9A-Za-z_-]{30,}/g,
  /\bhf_[A-Za-z0-9]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** `Authorization: Bearer …` and `password=…` style pairs; group 1 is kept. */
const pairShapes: RegExp[] = [
  /(\bauthorization\s*[:=]\s*(?:bearer|basic|token)\s+)[^\s"',;]{8,}/gi,
  /(\b(?:api[_-]?key|secret|password|passwd|access[_-]?token|auth[_-]?token|client[_-]?secret)["']?\s*[:=]\s*["']?)[^\s"',;]{6,}/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s@/]{3,}(?=@)/gi,
];

/** Replaces credentials in `text`. `known` are literal secret values (at least 6 characters each). */
export function redact(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) {
    if (secret.length >= 6) out = out.replaceAll(secret, mask);
  }
  for (const shape of tokenShapes) out = out.replace(shape, mask);
  for (const shape of pairShapes) out = out.replace(shape, `$1${mask}`);
  return out;
}

/** Names of fields whose whole text is a credential. */
const secretName =
  /^(?:.*[_-])?(?:api[_-]?key|secret|password|passwd|access[_-]?token|auth[_-]?token|client[_-]?secret)$/i;

/**
 * {@link redact} applied to every string inside a JSON-like value. A text of at least 6 characters
 * under a name such as `api_key` or `db_password` is masked whole, whatever it looks like.
 */
export function redactDeep<T>(value: T, known: readonly string[] = []): T {
  if (typeof value === "string") return redact(value, known) as T;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, known)) as T;
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        isSecret(key, item) ? mask : redactDeep(item, known),
      ]),
    ) as T;
  }
  return value;
}

function isSecret(name: string, value: unknown): boolean {
  return typeof value === "string" && value.length >= 6 && secretName.test(name);
}
