// Owns: calling an OpenAI-compatible endpoint — retries, time limits and readable failures.

import type OpenAI from "openai";
import { systemClock } from "../base/clock.ts";
import { errorText, HermesError } from "../base/errors.ts";
import { randomFraction } from "../base/ids.ts";
import { silentLog } from "../base/log.ts";
import type { Log } from "../base/log.ts";
import { redact } from "../base/redact.ts";
import { cut } from "../base/text.ts";
import { fetchUrl } from "../platform/http_server.ts";
import { sleep, withSilenceLimit, withTimeout } from "../platform/timers.ts";
import { askableForm, formField, refusesForm } from "./answer_form.ts";
import type { ChatRequest, ModelClient, ModelReply } from "./messages.ts";
import type { ModelSettings } from "./model_settings.ts";
import { readReply } from "./reply.ts";
import { failureCode, isPassing, parseRetryAfter, retryDelayMs } from "./retry.ts";
import type { CallFailure } from "./retry.ts";
import { joinChunks } from "./stream.ts";

/** What a client needs from outside; all have real defaults. */
export interface ClientDeps {
  fetch?: typeof fetch;
  /** Waits milliseconds. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A number in [0, 1). */
  random?: () => number;
  log?: Log;
}

/** A client for the model `settings` names. No request is made before the first `chat`. */
export function createModelClient(settings: ModelSettings, deps: ClientDeps = {}): ModelClient {
  return new OpenAiClient(settings, deps);
}

type Body = Record<string, unknown>;
type Streaming = OpenAI.ChatCompletionCreateParamsStreaming;

class OpenAiClient implements ModelClient {
  readonly #settings: ModelSettings;
  readonly #deps: Required<ClientDeps>;
  /** Request fields this model turned out not to take under their usual name. */
  readonly #refused = new Set<string>();
  #sdk: Promise<OpenAI> | null = null;

  constructor(settings: ModelSettings, deps: ClientDeps) {
    this.#settings = settings;
    this.#deps = {
      fetch: deps.fetch ?? fetchUrl as typeof fetch,
      sleep: deps.sleep ?? sleep,
      random: deps.random ?? randomFraction,
      log: deps.log ?? silentLog,
    };
  }

  async chat(request: ChatRequest): Promise<ModelReply> {
    let heard = false;
    let form = askableForm(request.form, this.#settings);
    const stream = request.stream && {
      ...request.stream,
      onText(piece: string) {
        heard = true;
        request.stream?.onText(piece);
      },
    };
    for (let retry = 0;;) {
      request.signal?.throwIfAborted();
      try {
        return readReply(await this.#send({ ...request, stream, form }), this.#settings);
      } catch (thrown) {
        request.signal?.throwIfAborted();
        if (thrown instanceof HermesError) throw thrown;
        if (this.#adapt(thrown)) continue;
        if (form && refusesForm(thrown, this.#settings, this.#deps.log)) {
          form = undefined;
          continue;
        }
        const failure = readFailure(thrown);
        if (retry >= this.#settings.maxRetries || !isPassing(failure)) {
          throw this.#error(thrown, failure, retry);
        }
        if (heard) request.stream?.onRestart();
        heard = false;
        const delay = retryDelayMs(retry++, failure, this.#deps.random());
        this.#deps.log.info("Model call failed, trying again", {
          status: failure.status,
          retry,
          delayMs: delay,
        });
        await this.#deps.sleep(delay, request.signal);
      }
    }
  }

  async #send(request: ChatRequest): Promise<unknown> {
    const sdk = await (this.#sdk ??= this.#connect());
    const { stream, signal: stop } = request;
    const ms = (request.timeoutSeconds ?? this.#settings.timeoutSeconds) * 1000;
    const options = { what: `the call of model "${this.#settings.model}"`, signal: stop };
    if (stream && !this.#refused.has("stream")) {
      const body = this.#body(request, true) as unknown as Streaming;
      const joined = await withSilenceLimit(
        async (signal, alive) => {
          const chunks = await sdk.chat.completions.create(body, { signal, timeout: ms + 1000 });
          return await joinChunks(chunks, stream.onText, alive);
        },
        ms,
        options,
      );
      if (joined) return joined;
      this.#refused.add("stream");
    }
    const body = this.#body(request) as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const completion = await withTimeout(
      (signal) => sdk.chat.completions.create(body, { signal, timeout: ms + 1000 }),
      ms,
      options,
    );
    if (stream) {
      const { text } = readReply(completion, this.#settings);
      if (text !== "") stream.onText(text);
    }
    return completion;
  }

  async #connect(): Promise<OpenAI> {
    const { default: Sdk } = await import("openai");
    const { apiKey, baseUrl } = this.#settings;
    return new Sdk({
      apiKey: apiKey || "none",
      baseURL: baseUrl,
      maxRetries: 0,
      // The package would otherwise pick these up from variables meant for another endpoint.
      organization: null,
      project: null,
      logLevel: "off",
      defaultHeaders: apiKey ? {} : { Authorization: null },
      fetch: this.#deps.fetch,
    });
  }

  #body(request: ChatRequest, streams = false): Body {
    const { maxTokens, temperature, tools } = request;
    const tokenField = this.#refused.has("max_tokens") ? "max_completion_tokens" : "max_tokens";
    return {
      model: this.#settings.model,
      messages: request.messages,
      ...(tools?.length && { tools }),
      ...(temperature !== undefined && !this.#refused.has("temperature") && { temperature }),
      ...(maxTokens !== undefined && { [tokenField]: maxTokens }),
      ...formField(request.form),
      ...this.#settings.extraBody,
      stream: streams,
      ...(streams && !this.#refused.has("stream_options") &&
        { stream_options: { include_usage: true } }),
    };
  }

  /** Some endpoints do not take every field, or not by that name; true when one was noted now. */
  #adapt(thrown: unknown): boolean {
    const { status, message } = thrown as { status?: number; message?: string };
    if (status !== 400 && status !== 422) return false;
    const complaints: Record<string, RegExp> = {
      max_tokens: /unsupported.*'max_tokens'/i,
      temperature: /unsupported.*'temperature'/i,
      stream_options: /stream_options/,
    };
    const field = Object.keys(complaints).find((name) =>
      !this.#refused.has(name) && complaints[name]!.test(message ?? "")
    );
    if (field) this.#refused.add(field);
    return field !== undefined;
  }

  #error(thrown: unknown, failure: CallFailure, retries: number): HermesError {
    const { model, baseUrl, apiKey } = this.#settings;
    const said = cut(redact(errorText(thrown).replace(/\s+/g, " "), apiKey ? [apiKey] : []), 400);
    const tries = retries > 0 ? ` after ${retries + 1} attempts` : "";
    return new HermesError(
      failureCode(failure),
      `Cannot call model "${model}" at ${baseUrl}${tries}: ${said}`,
      { remedy: this.#remedy(failure), details: { status: failure.status, model, baseUrl } },
    );
  }

  #remedy(failure: CallFailure): string {
    const { provider, apiKeyEnv, model, baseUrl } = this.#settings;
    switch (failure.status) {
      case null:
        return `Check that the ${provider} server runs at ${baseUrl}`;
      case 401:
      case 403:
        return apiKeyEnv
          ? `Check the API key in environment variable ${apiKeyEnv}`
          : "Name the variable that holds the API key in model.api_key_env";
      case 404:
        return `Check that "${model}" exists there and that base_url ends where the provider says`;
      default:
        return failureCode(failure) === "rate_limited"
          ? "Wait, or use another model: the provider asks to slow down"
          : "See the provider's message above";
    }
  }
}

function readFailure(thrown: unknown): CallFailure {
  const { status, code, headers } = thrown as {
    status?: unknown;
    code?: unknown;
    headers?: unknown;
  };
  const retryAfter = headers instanceof Headers ? headers.get("retry-after") : null;
  return {
    status: typeof status === "number" ? status : null,
    word: typeof code === "string" ? code : "",
    retryAfterSeconds: parseRetryAfter(retryAfter, systemClock.nowMs()),
  };
}
