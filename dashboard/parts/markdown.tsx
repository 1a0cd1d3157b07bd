// Owns: Markdown as text people read. Raw HTML stays text; links lead only to the web and to mail.

import { lazy, Suspense } from "react";
import { useConfig } from "../api/queries.ts";

const Rendered = lazy(() => import("./markdown_rendered.tsx"));

/** `text` as Markdown, or exactly as written where the configuration turns rendering off. */
export function Markdown({ text }: { text: string }) {
  const { data: config } = useConfig();
  const plain = <div className="prose prose-plain">{text}</div>;
  if (config?.render_markdown === false) return plain;
  return (
    <Suspense fallback={plain}>
      <Rendered text={text} />
    </Suspense>
  );
}
