// Owns: finding the price of a model by its name, which providers spell in many ways.

import type { Config } from "../config/schema.ts";
import type { ModelSettings } from "./model_settings.ts";
import { listPrices, type Price } from "./prices.ts";

/** The price of a model; null when it is unknown. */
export type PriceBook = (model: string) => Price | null;

/** What may follow a model's name without making it another model: a date, or a word for the newest. */
const versionOf = /^(?:[-@]\d{8}|[-@]\d{4}-\d{2}-\d{2}|-latest|-preview(?:-\d{2}-\d{2,4})?)$/;

/** Providers whose models run on machines of the user. */
const localProviders: readonly string[] = ["ollama", "lmstudio", "vllm"];

/** Addresses of this machine and of private networks. */
const ownNetwork = /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/;

/**
 * The prices that hold for one endpoint: those of the configuration, then, unless it is on a machine of the
 * user, the lists of the makers.
 */
export function priceBook(
  own: Config["prices"],
  endpoint: Pick<ModelSettings, "provider" | "baseUrl">,
): PriceBook {
  const lists = isLocal(endpoint) ? [own] : [own, listPrices];
  const books = lists.map(indexed);
  return (model) => {
    for (const book of books) {
      const price = find(book, spelled(model));
      if (price) return price;
    }
    return null;
  };
}

/** Whether somebody else than the user runs the model, and sends a bill. */
function isLocal({ provider, baseUrl }: Pick<ModelSettings, "provider" | "baseUrl">): boolean {
  if (localProviders.includes(provider)) return true;
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  return host === "localhost" || host === "[::1]" || ownNetwork.test(host);
}

interface Book {
  exact: ReadonlyMap<string, Price>;
  /** Beginnings of names, the longest first. */
  beginnings: readonly [string, Price][];
}

function indexed(prices: Readonly<Record<string, Price>>): Book {
  const entries = Object.entries(prices).map(([name, price]) => [spelled(name), price] as const);
  const isBeginning = ([name]: readonly [string, Price]) => name.endsWith("*");
  return {
    exact: new Map(entries.filter((entry) => !isBeginning(entry))),
    beginnings: entries.filter(isBeginning)
      .map(([name, price]): [string, Price] => [name.slice(0, -1), price])
      .sort(([a], [b]) => b.length - a.length),
  };
}

/** The whole name, then without the provider in front of it, then the longest name it is a version of. */
function find(book: Book, model: string): Price | null {
  const slash = model.lastIndexOf("/");
  for (const name of slash < 0 ? [model] : [model, model.slice(slash + 1)]) {
    const exact = book.exact.get(name) ?? versioned(book, name);
    if (exact) return exact;
    const beginning = book.beginnings.find(([start]) => name.startsWith(start));
    if (beginning) return beginning[1];
  }
  return null;
}

function versioned({ exact }: Book, name: string): Price | null {
  for (let end = name.length - 1; end > 0; end--) {
    if (name[end] !== "-" && name[end] !== "@") continue;
    const price = exact.get(name.slice(0, end));
    if (price && versionOf.test(name.slice(end))) return price;
  }
  return null;
}

/** One spelling for all: some providers write a version with a dot, others with a dash. */
function spelled(model: string): string {
  return model.trim().toLowerCase().replace(/(?<=\d)\.(?=\d)/g, "-");
}
