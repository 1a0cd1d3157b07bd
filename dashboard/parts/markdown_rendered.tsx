// Owns: the Markdown renderer, loaded when the first text needs it.

import type { AnchorHTMLAttributes } from "react";
import Renderer from "react-markdown";
import gfm from "remark-gfm";

/** The only kinds of address a link may have; anything else stays words. */
const allowed = /^(https?:\/\/|mailto:)/i;

export default function MarkdownRendered({ text }: { text: string }) {
  return (
    <div className="prose">
      <Renderer
        remarkPlugins={[gfm]}
        skipHtml={false}
        urlTransform={(url) => allowed.test(url) ? url : ""}
        disallowedElements={["img"]}
        unwrapDisallowed
        components={{ a: Link }}
      >
        {text}
      </Renderer>
    </div>
  );
}

function Link({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  if (!href || !allowed.test(href)) return <span>{children}</span>;
  return <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>;
}
