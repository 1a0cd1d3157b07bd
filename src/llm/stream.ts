// Owns: putting a streamed answer together, chunk by chunk, from providers that follow the format more or less.

type Loose = Record<string, unknown>;

/** A call as far as it has arrived. */
interface PartialCall {
  id: string;
  name: string;
  arguments: string;
}

/**
 * Reads a stream of `chat.completion.chunk` objects to its end and returns what the same answer looks
 * like in one piece. Null when not a single choice came: the endpoint does not stream.
 *
 * @param onText called with every piece of text.
 * @param onChunk called with every chunk, as a sign of life.
 */
export async function joinChunks(
  chunks: AsyncIterable<unknown>,
  onText: (text: string) => void,
  onChunk: () => void,
): Promise<Loose | null> {
  const calls: PartialCall[] = [];
  let [text, model, finishReason, seen] = ["", "", "", false];
  let usage: unknown;
  for await (const chunk of chunks) {
    onChunk();
    const part = asMapping(chunk);
    if (typeof part["model"] === "string" && part["model"]) model = part["model"];
    if (part["usage"]) usage = part["usage"];
    const [choice] = asList(part["choices"]);
    if (choice === undefined) continue;
    seen = true;
    const { delta, message, finish_reason } = asMapping(choice);
    if (typeof finish_reason === "string") finishReason = finish_reason;
    const news = asMapping(delta ?? message);
    const piece = textOf(news["content"]);
    if (piece !== "") {
      text += piece;
      onText(piece);
    }
    for (const [place, call] of asList(news["tool_calls"]).entries()) addCall(calls, call, place);
  }
  if (!seen) return null;
  const tool_calls = calls.filter((call) => call !== undefined)
    .map(({ id, name, arguments: args }) => ({ id, function: { name, arguments: args } }));
  return {
    model,
    choices: [{ finish_reason: finishReason, message: { content: text, tool_calls } }],
    usage,
  };
}

/** Later pieces of a call name it by its index, or only by its id, or by nothing but their place. */
function addCall(calls: PartialCall[], piece: unknown, place: number): void {
  const { index, id: given, function: called } = asMapping(piece);
  const { name, arguments: args } = asMapping(called);
  const id = typeof given === "string" ? given : "";
  const call = calls[placeOf(calls, id, index, place)] ??= { id: "", name: "", arguments: "" };
  if (id !== "") call.id = id;
  // Some providers repeat the whole name in every piece.
  if (typeof name === "string" && name && call.name !== name) call.name += name;
  if (typeof args === "string") call.arguments += args;
  else if (args !== undefined && args !== null) call.arguments += JSON.stringify(args);
}

function placeOf(calls: PartialCall[], id: string, index: unknown, place: number): number {
  const known = id === "" ? -1 : calls.findIndex((call) => call?.id === id);
  if (known >= 0) return known;
  const named = typeof index === "number" && Number.isInteger(index) && index >= 0 && index < 1000
    ? index
    : null;
  // Some providers give every call of an answer the index 0.
  const taken = named !== null && id !== "" && (calls[named]?.id ?? "") !== "";
  if (taken || (named === null && id !== "")) return calls.length;
  return named ?? place;
}

/** Content is a text, or a list of parts of which only the texts count. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return asList(content).map((part) => asMapping(part)["text"])
    .filter((text) => typeof text === "string").join("");
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asMapping(value: unknown): Loose {
  return typeof value === "object" && value !== null ? value as Loose : {};
}
