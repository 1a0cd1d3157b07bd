// Owns: reading an input schema — which fields there are and what kind of value each takes.

import type * as z from "zod";

export type FieldKind = "flag" | "number" | "text" | "choice" | "list" | "object";

/** One field of an operation's input, as the command line needs to know it. */
export interface Field {
  name: string;
  kind: FieldKind;
  required: boolean;
  description: string;
  choices: readonly string[];
  /** Value when none is given; undefined when there is no default. */
  fallback: unknown;
}

/** The fields of an input schema in the order of their declaration. */
export function fieldsOf(input: z.ZodObject): Field[] {
  return Object.entries(input.shape).map(([name, schema]) => {
    const inner = innermost(schema as AnySchema);
    return {
      name,
      kind: kindOf(inner),
      required: !accepts(schema as AnySchema),
      description: describe(schema as AnySchema),
      choices: inner.def.type === "enum" ? Object.values(inner.def.entries ?? {}) : [],
      fallback: fallbackOf(schema as AnySchema),
    };
  });
}

/** The parts of a zod schema that are looked at here. */
interface AnySchema {
  description?: string;
  safeParse(value: unknown): { success: boolean };
  def: {
    type: string;
    innerType?: AnySchema;
    in?: AnySchema;
    options?: readonly AnySchema[];
    entries?: Record<string, string>;
    defaultValue?: unknown;
  };
}

/** What lies below optional, nullable, default and transform; of alternatives, the first. */
function innermost(schema: AnySchema): AnySchema {
  const next = schema.def.innerType ?? schema.def.in ?? schema.def.options?.[0];
  return next ? innermost(next) : schema;
}

function kindOf({ def }: AnySchema): FieldKind {
  switch (def.type) {
    case "boolean":
      return "flag";
    case "number":
    case "int":
      return "number";
    case "enum":
      return "choice";
    case "array":
      return "list";
    case "record":
    case "object":
      return "object";
    default:
      return "text";
  }
}

function accepts(schema: AnySchema): boolean {
  return schema.safeParse(undefined).success;
}

function describe(schema: AnySchema): string {
  const next = schema.def.innerType ?? schema.def.in;
  return schema.description ?? (next ? describe(next) : "");
}

function fallbackOf(schema: AnySchema): unknown {
  if (schema.def.type === "default") return schema.def.defaultValue;
  return schema.def.innerType ? fallbackOf(schema.def.innerType) : undefined;
}
