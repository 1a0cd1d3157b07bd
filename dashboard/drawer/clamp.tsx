// Owns: a long text shown in part, with a button for all of it.

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../parts/button.tsx";

/** Characters that are drawn while a text is folded. */
const foldedCharacters = 12_000;

/** `children` gets what is to be drawn: all of `text`, or its beginning while it is folded. */
export function Clamp(
  { text, height = 360, children }: {
    text: string;
    /** In px, of the folded text. */
    height?: number;
    children: (shown: string) => ReactNode;
  },
) {
  const inner = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [tall, setTall] = useState(false);
  const cut = text.length > foldedCharacters;
  useLayoutEffect(() => {
    const element = inner.current;
    if (!element) return;
    const measure = () => setTall(element.scrollHeight > height + 40);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [height]);
  const folded = !open && (tall || cut);
  return (
    <div className="clamp">
      <div
        className="clamp-window"
        data-folded={folded || undefined}
        style={folded ? { maxHeight: height } : undefined}
      >
        <div ref={inner}>{children(open || !cut ? text : text.slice(0, foldedCharacters))}</div>
      </div>
      {(tall || cut) && (
        <Button
          size="small"
          look="plain"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? "Show less" : "Show all"}
        </Button>
      )}
    </div>
  );
}
