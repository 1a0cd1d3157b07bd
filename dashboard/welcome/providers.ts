// Owns: what one writes to connect a model, per provider. No key is ever typed into the browser.

export interface Provider {
  /** The word for `provider:`. */
  id: string;
  name: string;
  /** A model it has, as it spells it. */
  model: string;
  /** Variable the key is read from; null when none is needed. */
  key: string | null;
  /** Further lines below `model:`. */
  more?: readonly string[];
  note: string;
}

export const providers: readonly Provider[] = [
  {
    id: "openai",
    name: "OpenAI",
    model: "gpt-5-mini",
    key: "OPENAI_API_KEY",
    note: "Asked at api.openai.com.",
  },
  {
    id: "openrouter",
    name: "OpenRouter",
    model: "anthropic/claude-sonnet-4.5",
    key: "OPENROUTER_API_KEY",
    note: "One key for the models of many makers.",
  },
  {
    id: "ollama",
    name: "Ollama, on this machine",
    model: "qwen3:32b",
    key: null,
    note: "Asked at http://127.0.0.1:11434/v1. No key, no network.",
  },
  {
    id: "lmstudio",
    name: "LM Studio, on this machine",
    model: "qwen3-32b",
    key: null,
    note: "Asked at http://127.0.0.1:1234/v1. No key, no network.",
  },
  {
    id: "vllm",
    name: "vLLM",
    model: "Qwen/Qwen3-32B",
    key: null,
    note: "Asked at http://127.0.0.1:8000/v1. If you set a key there: VLLM_API_KEY.",
  },
  {
    id: "custom",
    name: "Another OpenAI-compatible server",
    model: "the-model",
    key: null,
    more: ["base_url: http://127.0.0.1:8000/v1", "api_key_env: MY_MODEL_KEY"],
    note: "Leave out api_key_env when it wants no key.",
  },
];

/** The lines for `config.yaml`. */
export function configLines({ id, model, more = [] }: Provider): string {
  return ["model:", `provider: ${id}`, `default: ${model}`, ...more].join("\n  ");
}
