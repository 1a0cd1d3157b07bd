// Owns: answers that go on: lines of text that are sent as they come, as Server-Sent Events.

/** What is sent: an event with a name and a value. */
export interface Sent {
  event: string;
  data: unknown;
  /** What a reader that comes back says it has seen. */
  id?: string;
}

/** Milliseconds after which a reader comes back by itself. */
const retryMs = 1000;

/**
 * Sends what `items` yields until it ends or the reader leaves. The next item is asked for only when the
 * reader has taken the ones before.
 */
export function eventStream(items: AsyncIterable<Sent>, done: () => void): Response {
  const encoder = new TextEncoder();
  const iterator = items[Symbol.asyncIterator]();
  let over = false;
  const end = () => {
    if (!over) done();
    over = true;
  };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`));
    },
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (over) return;
        if (!next.done) return controller.enqueue(encoder.encode(textOf(next.value)));
        controller.close();
      } catch {
        if (!over) controller.close();
      }
      end();
    },
    async cancel() {
      end();
      await iterator.return?.();
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
  });
}

function textOf({ event, data, id }: Sent): string {
  const head = id === undefined ? "" : `id: ${id}\n`;
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
