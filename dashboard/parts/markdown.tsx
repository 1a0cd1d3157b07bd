// Owns: Markdown as text people read. Raw HTML stays text; links lead only to the web and to mail.

import { useConfig } from "../api/queries.ts";
import { later } from "./later.tsx";

/** What makes Markdown of a text; until its code is there the text is shown as it was written. */
export const Rendered = later(() => import("./markdown_rendered.tsx"), Plain);

/** `text` as Markdown, or exactly as written where the configuration turns rendering off. */
export function Markdown({ text }: { text: string }) {
  const { data: config } = useConfig();
  return config?.render_markdown === false ? <Plain text={text} /> : <Rendered text={text} />;
}

function Plain({ text }: { text: string }) {
  return <div className="prose prose-plain">{text}</div>;
}
