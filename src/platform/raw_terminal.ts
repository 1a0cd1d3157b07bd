// Owns: a terminal in raw mode — a screen of its own, every key as it is pressed — and giving it back.

/** The terminal while a program has it for itself. */
export interface RawTerminal {
  size(): { columns: number; rows: number };
  write(text: string): void;
  /** What is pressed, as the terminal sends it. `onEnd` hears that it sends nothing more; unless given, that is a Ctrl-C. */
  onInput(listener: (text: string) => void, onEnd?: () => void): void;
  onResize(listener: () => void): void;
  /** Gives the terminal back as it was. May be called more than once. */
  close(): void;
}

const enter = "\x1b[?1049h\x1b[?25l";
const leave = "\x1b[?25h\x1b[?1049l";

/**
 * Takes the terminal over. It is given back by `close`, and also when the program ends in a way nobody
 * foresaw; only SIGKILL leaves it as it is.
 *
 * @param options.ownScreen false to stay on the screen that shows what was there before.
 * @param options.lastWords written before it is given back, to end what else was asked of it.
 */
export function openRawTerminal(
  options: { ownScreen?: boolean; lastWords?: string } = {},
): RawTerminal {
  const { ownScreen = true, lastWords = "" } = options;
  const encoder = new TextEncoder();
  const write = (text: string) => {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
  };
  const resizeListeners: (() => void)[] = [];
  const resized = () => resizeListeners.forEach((listener) => listener());
  const canResize = Deno.build.os !== "windows";
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    for (const event of lastEvents) globalThis.removeEventListener(event, close);
    if (canResize) Deno.removeSignalListener("SIGWINCH", resized);
    try {
      write(lastWords + (ownScreen ? leave : ""));
      Deno.stdin.setRaw(false);
    } catch {
      // The terminal itself has gone away.
    }
  };
  Deno.stdin.setRaw(true);
  for (const event of lastEvents) globalThis.addEventListener(event, close);
  if (canResize) Deno.addSignalListener("SIGWINCH", resized);
  if (ownScreen) write(enter);
  return {
    size() {
      const { columns, rows } = Deno.consoleSize();
      return { columns: columns || 80, rows: rows || 24 };
    },
    write(text) {
      if (open) write(text);
    },
    onInput: (listener, onEnd = () => listener("\x03")) =>
      void readInput(listener, onEnd, () => open, close),
    onResize: (listener) => void resizeListeners.push(listener),
    close,
  };
}

const lastEvents = ["error", "unhandledrejection", "unload"] as const;

async function readInput(
  listener: (text: string) => void,
  onEnd: () => void,
  isOpen: () => boolean,
  close: () => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1024);
  while (isOpen()) {
    const read = await Deno.stdin.read(buffer).catch(() => null);
    if (read === null) return isOpen() ? onEnd() : close();
    if (isOpen()) listener(decoder.decode(buffer.subarray(0, read), { stream: true }));
  }
}
