// Owns: model settings for tests.

import type { ModelSettings } from "../../src/llm/model_settings.ts";

/** Settings of a model at `baseUrl` with short limits. */
export function settingsFor(baseUrl: string, over: Partial<ModelSettings> = {}): ModelSettings {
  return {
    provider: "custom",
    model: "test-model",
    baseUrl,
    apiKey: "sk-test-secret-0123456789",
    apiKeyEnv: "TEST_KEY",
    timeoutSeconds: 10,
    maxRetries: 3,
    extraBody: {},
    ...over,
  };
}
