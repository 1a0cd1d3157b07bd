// Owns: the addresses at which the API describes itself. The document is made when it is first asked for.

import type { Hono } from "hono";
import { jsonText } from "./answer.ts";
import style from "./docs.css" with { type: "text" };
import { docsPage } from "./docs_page.ts";
import { type ApiDocument, apiDocument } from "./openapi.ts";
import type { Route } from "./routes.ts";

/** Adds the addresses. */
export function addReference(app: Hono, routes: readonly Route[]): void {
  let made: ApiDocument | undefined;
  const document = () => made ??= apiDocument(routes);
  app.get("/api/openapi.json", () => jsonText(JSON.stringify(document(), null, 2)));
  app.get("/api/docs", () => text(docsPage(document()), "text/html"));
  app.get("/api/docs.css", () => text(style, "text/css"));
}

function text(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}
