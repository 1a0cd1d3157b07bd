// Owns: the API as an OpenAPI 3.1 document, worked out from the operations.

import * as z from "zod";
import { errorTable } from "../base/errors.ts";
import { version } from "../base/version.ts";
import type { WireField } from "./fields.ts";
import { otherPaths } from "./other_paths.ts";
import { apiBase } from "./base_path.ts";
import { type Route } from "./routes.ts";

type Json = Record<string, unknown>;

/** What an address does, as the document says it. */
export interface OperationDocument {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: Json[];
  requestBody?: Json;
  responses: Record<string, Json>;
}

export interface ApiDocument {
  openapi: string;
  info: Json;
  servers: Json[];
  security: Json[];
  paths: Record<string, Record<string, OperationDocument>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json; responses: Json };
}

const boardParameter = {
  name: "board",
  in: "query",
  required: false,
  description: "Slug of the board; without it the current one",
  schema: { type: "string" },
};

const errorSchema = {
  type: "object",
  required: ["error", "detail"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", enum: Object.keys(errorTable) },
        message: { type: "string" },
        remedy: { type: "string", description: "What to do about it" },
        field: { type: "string", description: "The field of the request that is wrong" },
        details: { type: "object", description: "Facts for programs" },
      },
    },
    detail: { type: "string", description: "The message once more" },
  },
};

/** The document of all addresses. */
export function apiDocument(routes: readonly Route[]): ApiDocument {
  const schemas: Record<string, Json> = { Error: errorSchema };
  const paths: ApiDocument["paths"] = {};
  for (const route of routes) {
    const { method, path } = route.overlay;
    const at = bracketed(apiBase + path);
    (paths[at] ??= {})[method.toLowerCase()] = operationOf(route, schemas);
  }
  for (const [path, operations] of Object.entries(otherPaths)) {
    paths[bracketed(path)] = { ...paths[bracketed(path)], ...operations };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "hermes",
      version,
      description: "A durable task board for a team of agents.",
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { cookie: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "The session token" },
        cookie: { type: "apiKey", in: "cookie", name: "hermes_session_9119" },
      },
      responses: {
        Error: {
          description: "What is wrong, and what to do about it",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      },
    },
  };
}

function operationOf(route: Route, schemas: Record<string, Json>): OperationDocument {
  const { operation, overlay, fields } = route;
  const body = fields.filter((field) => field.in === "body");
  const status = String(overlay.status ?? 200);
  const answer = overlay.answer ?? (overlay.reply ? null : operation.output);
  return {
    operationId: `${operation.group} ${operation.name} ${overlay.method} ${overlay.path}`
      .replace(/\W+/g, "_").replace(/_+$/, ""),
    summary: operation.summary,
    tags: [overlay.path.split("/")[1] ?? ""],
    parameters: [
      ...fields.filter((field) => field.in !== "body").map(parameterOf),
      boardParameter,
    ],
    ...(body.length === 0 ? {} : { requestBody: bodyOf(body) }),
    responses: {
      [status]: {
        description: "The answer",
        content: {
          "application/json": { schema: answer ? schemaOf(answer, schemas) : { type: "object" } },
        },
      },
      ...(overlay.fresh ? { 304: { description: "Nothing has changed" } } : {}),
      default: { $ref: "#/components/responses/Error" },
    },
  };
}

function parameterOf({ wire, in: place, required, schema }: WireField): Json {
  const { description, ...rest } = schema;
  return {
    name: wire,
    in: place,
    required: place === "path" || required,
    ...(description === undefined ? {} : { description }),
    schema: rest,
  };
}

function bodyOf(fields: readonly WireField[]): Json {
  const required = fields.filter((field) => field.required).map(({ wire }) => wire);
  return {
    required: required.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          ...(required.length > 0 ? { required } : {}),
          properties: Object.fromEntries(fields.map(({ wire, schema }) => [wire, schema])),
        },
      },
    },
  };
}

/** A schema whose named parts are gathered in `schemas`. */
function schemaOf(schema: z.ZodType, schemas: Record<string, Json>): Json {
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
  const { $schema: _schema, $defs, ...rest } = made;
  for (const [name, part] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    schemas[name] = withReferences(part) as Json;
  }
  return withReferences(rest) as Json;
}

/** References lead to the document's own parts. */
function withReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) =>
      key !== "id" || typeof value["id" as never] !== "string"
    )
      .map(([key, each]) => [
        key,
        key === "$ref" && typeof each === "string"
          ? each.replace("#/$defs/", "#/components/schemas/")
          : withReferences(each),
      ]),
  );
}

/** `/tasks/:task_id` as the document writes it. */
function bracketed(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}
