// Owns: what is known about each model provider, as plain data.

/** Facts about a provider of an OpenAI-compatible endpoint. */
export interface Provider {
  /** Endpoint used when the configuration names none; empty when only the user can know it. */
  baseUrl: string;
  /** Environment variable that holds the key by custom; empty when there is none. */
  apiKeyEnv: string;
  /** Whether requests without a key are bound to fail. */
  needsKey: boolean;
}

/** Providers by the name used for `provider:` in the configuration. */
export const providers: Readonly<Record<string, Provider>> = {
  openai: {
    baseUrl: "https://api.openai.com/v1",
    apiKeyEnv: "OPENAI_API_KEY",
    needsKey: true,
  },
  openrouter: {
    baseUrl: "https://openrouter.ai/api/v1",
    apiKeyEnv: "OPENROUTER_API_KEY",
    needsKey: true,
  },
  ollama: { baseUrl: "http://127.0.0.1:11434/v1", apiKeyEnv: "", needsKey: false },
  lmstudio: { baseUrl: "http://127.0.0.1:1234/v1", apiKeyEnv: "", needsKey: false },
  vllm: { baseUrl: "http://127.0.0.1:8000/v1", apiKeyEnv: "VLLM_API_KEY", needsKey: false },
  custom: { baseUrl: "", apiKeyEnv: "", needsKey: false },
};
