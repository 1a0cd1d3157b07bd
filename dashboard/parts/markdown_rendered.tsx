// Owns: the Markdown renderer, loaded when the first text needs it.

import type { AnchorHTMLAttributes, ComponentProps } from "react";
import Renderer, { type ExtraProps } from "react-markdown";
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
        components={{
          a: Link,
          h1: Heading,
          h2: Heading,
          h3: Heading,
          h4: Heading,
          h5: Heading,
          h6: Heading,
        }}
      >
        {text}
      </Renderer>
    </div>
  );
}

/** One level for all, below the headings of the page: a text's own levels would break their order. */
function Heading({ node, children }: ComponentProps<"h1"> & ExtraProps) {
  return <h4 data-level={node?.tagName.slice(1)}>{children}</h4>;
}

function Link({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  if (!href || !allowed.test(href)) return <span>{children}</span>;
  return <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>;
}
