// Owns: what common models cost by the lists of their makers, as plain data. `prices:` in the configuration goes before it.

/** US dollars for a million tokens. */
export interface Price {
  input_per_million: number;
  output_per_million: number;
  /** Input that the provider had cached; like other input when absent. */
  cached_input_per_million?: number;
}

/** The day these lists were read. A price may have changed since. */
export const listedOn = "2026-11-24";

/**
 * Model → price for standard calls with a prompt of ordinary length: dollars for input, output, cached input.
 * Models whose price hangs on the length of a prompt by more than a factor of two are left out, and so are
 * prices that end soon: a cost that is not known is better than one that is wrong.
 */
const listed: Readonly<Record<string, readonly [input: number, output: number, cached?: number]>> =
  {
    // https://developers.openai.com/api/docs/pricing
    "gpt-6.1-sol": [2, 10, 0.1],
    "gpt-6-sol": [2, 10, 0.2],
    "gpt-6-luna": [0.1, 0.5, 0.01],
    "gpt-5.6-sol": [5, 30, 0.5],
    "gpt-5.6-terra": [2, 12, 0.2],
    "gpt-5.6-luna": [0.2, 1.2, 0.02],
    "gpt-5.5": [5, 30, 0.5],
    "gpt-5.4": [2.5, 15, 0.25],
    "gpt-5.4-mini": [0.75, 4.5, 0.075],
    "gpt-5.4-nano": [0.2, 1.25, 0.02],
    "gpt-5.3-codex": [1.75, 14, 0.175],
    "gpt-5.2": [1.75, 14, 0.175],
    "gpt-5.2-codex": [1.75, 14, 0.175],
    "gpt-5.1": [1.25, 10, 0.125],
    "gpt-5": [1.25, 10, 0.125],
    "gpt-5-mini": [0.25, 2, 0.025],
    "gpt-5-nano": [0.05, 0.4, 0.005],
    "gpt-5-pro": [15, 120],
    "gpt-4.1": [2, 8, 0.5],
    "gpt-4.1-mini": [0.4, 1.6, 0.1],
    "gpt-4.1-nano": [0.1, 0.4, 0.025],
    "gpt-4o": [2.5, 10, 1.25],
    "gpt-4o-mini": [0.15, 0.6, 0.075],
    "o3": [2, 8, 0.5],
    "o4-mini": [1.1, 4.4, 0.275],

    // https://platform.claude.com/docs/en/about-claude/pricing
    "claude-fable-5.1": [10, 50, 0.25],
    "claude-fable-5": [10, 50, 1],
    "claude-opus-5.5": [4, 20, 0.2],
    "claude-opus-5": [5, 25, 0.5],
    "claude-opus-4.8": [5, 25, 0.5],
    "claude-opus-4.7": [5, 25, 0.5],
    "claude-opus-4.6": [5, 25, 0.5],
    "claude-opus-4.5": [5, 25, 0.5],
    "claude-opus-4.1": [15, 75, 1.5],
    "claude-opus-4": [15, 75, 1.5],
    "claude-sonnet-5.5": [2, 10, 0.1],
    "claude-sonnet-5": [2, 10, 0.2],
    "claude-sonnet-4.6": [3, 15, 0.3],
    "claude-sonnet-4.5": [3, 15, 0.3],
    "claude-sonnet-4": [3, 15, 0.3],
    "claude-haiku-4.5": [1, 5, 0.1],
    "claude-3.5-haiku": [0.8, 4, 0.08],

    // https://ai.google.dev/gemini-api/docs/pricing
    "gemini-3.1-pro": [2, 12, 0.2],
    "gemini-3.5-flash": [1.5, 9, 0.15],
    "gemini-2.5-pro": [1.25, 10],
    "gemini-2.5-flash": [0.3, 2.5],
    "gemini-2.5-flash-lite": [0.1, 0.4],

    // https://docs.x.ai/docs/models
    "grok-4.6": [2, 6, 0.5],
    "grok-4.5": [2, 6, 0.5],
    "grok-4": [3, 15],
    "grok-code-fast-1": [0.2, 1.5],

    // https://platform.moonshot.ai/docs/pricing
    "kimi-k3": [3, 15, 0.3],
    "kimi-k2.7-code": [0.95, 4, 0.19],
  };

/** {@link listed}, in the shape of the configuration. */
export const listPrices: Readonly<Record<string, Price>> = Object.fromEntries(
  Object.entries(listed).map(([model, [input, output, cached]]) => [model, {
    input_per_million: input,
    output_per_million: output,
    ...(cached !== undefined && { cached_input_per_million: cached }),
  }]),
);
