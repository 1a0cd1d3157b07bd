// Owns: the reference of the API as a page, made from its document.

import type { ApiDocument, OperationDocument } from "./openapi.ts";

type Json = Record<string, unknown>;

/** A type as a reader wants to see it, such as `text or null`. */
export function typeWords(schema: Json): string {
  const { $ref, type, anyOf, items, enum: words } = schema as {
    $ref?: string;
    type?: string | string[];
    anyOf?: Json[];
    items?: Json;
    enum?: unknown[];
  };
  if ($ref) return $ref.split("/").at(-1)!;
  if (words) return words.map((word) => JSON.stringify(word)).join(", ");
  if (anyOf) return [...new Set(anyOf.map(typeWords))].join(" or ");
  if (type === "array") return `list of ${items ? typeWords(items) : "anything"}`;
  return [type ?? "anything"].flat().join(" or ").replace("string", "text");
}

/** The page. Nothing in it runs. */
export function docsPage(document: ApiDocument): string {
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? "";
      groups.set(tag, [...groups.get(tag) ?? [], section(method, path, operation)]);
    }
  }
  const names = [...groups.keys()].sort();
  const links = names.map((name) => `<a href="#${escape(name)}">${escape(name)}</a>`).join(" ");
  const sections = names.map((name) =>
    `<section id="${escape(name)}"><h2>${escape(name)}</h2>${groups.get(name)!.join("")}</section>`
  );
  const shapes = Object.entries(document.components.schemas).map(([name, schema]) =>
    `<article id="shape-${escape(name)}"><h3><code>${escape(name)}</code></h3>${
      fieldTable(schema)
    }</article>`
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>hermes API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs.css"></head>
<body><header><h1>hermes API</h1>
<p>Version ${escape(String(document.info["version"]))}. As a document for programs:
<a href="/api/openapi.json">openapi.json</a>. Every request shows the session token:
<code>Authorization: Bearer &lt;token&gt;</code></p><nav>${links} <a href="#shapes">shapes</a></nav></header>
<main>${sections.join("")}
<section id="shapes"><h2>shapes</h2>${shapes.join("")}</section></main></body></html>
`;
}

function section(method: string, path: string, operation: OperationDocument): string {
  const parameters = operation.parameters.map((parameter) => ({
    name: String(parameter["name"]),
    where: String(parameter["in"]),
    required: parameter["required"] === true,
    schema: { ...parameter["schema"] as Json, description: parameter["description"] },
  }));
  const body = bodySchema(operation);
  const rows = [
    ...parameters,
    ...fieldsOf(body).map((field) => ({ ...field, where: "body" })),
  ];
  const answer = answerSchema(operation);
  return `<article><h3><span class="${escape(method)}">${escape(method.toUpperCase())}</span>
<code>${escape(path)}</code></h3><p>${escape(operation.summary)}.</p>${
    table(["field", "in", "type", ""], rows.map(rowOf))
  }${answer === null ? "" : `<p>Answers with:</p>${fieldTable(answer)}`}</article>`;
}

function rowOf(
  { name, where, required, schema }: {
    name: string;
    where: string;
    required: boolean;
    schema: Json;
  },
): string[] {
  const fallback = schema["default"];
  const notes = [
    required ? "required" : "",
    fallback === undefined ? "" : `default ${JSON.stringify(fallback)}`,
    String(schema["description"] ?? ""),
  ];
  return [name, where, typeWords(schema), notes.filter((note) => note !== "").join("; ")];
}

function fieldTable(schema: Json): string {
  const named = schema["$ref"];
  if (typeof named === "string") return `<p><code>${escape(typeWords(schema))}</code></p>`;
  const rows = fieldsOf(schema).map(({ name, schema: inner }) => [
    name,
    typeWords(inner),
    String(inner["description"] ?? ""),
  ]);
  return rows.length === 0
    ? `<p>${escape(typeWords(schema))}</p>`
    : table(["field", "type", ""], rows);
}

function fieldsOf(schema: Json | null): { name: string; required: boolean; schema: Json }[] {
  const required = new Set((schema?.["required"] ?? []) as string[]);
  return Object.entries((schema?.["properties"] ?? {}) as Record<string, Json>)
    .map(([name, inner]) => ({ name, required: required.has(name), schema: inner }));
}

function bodySchema({ requestBody }: OperationDocument): Json | null {
  const content = Object.values((requestBody?.["content"] ?? {}) as Record<string, Json>)[0];
  return (content?.["schema"] ?? null) as Json | null;
}

function answerSchema({ responses }: OperationDocument): Json | null {
  const good = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const content = (good?.["content"] ?? {}) as Record<string, Json>;
  return (content["application/json"]?.["schema"] ?? null) as Json | null;
}

function table(heads: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return "";
  const head = heads.map((name) => `<th>${escape(name)}</th>`).join("");
  const body = rows.map((cells) =>
    `<tr>${
      cells.map((cell, at) =>
        at === 0 ? `<td><code>${escape(cell)}</code></td>` : `<td>${escape(cell)}</td>`
      )
        .join("")
    }</tr>`
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function escape(text: string): string {
  const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (mark) => marks[mark]!);
}
