// Owns: the shape of a scripted idea and how its templates are filled in.

/** One tool call a scripted worker makes. Strings inside `args` are templates. */
export interface ScriptedCall {
  tool: string;
  args: Record<string, unknown>;
}

/** One child task of a scripted plan together with the work its worker does. */
export interface ScriptedTask {
  title: string;
  body: string;
  /** Profile names that fit, best first. */
  roles: string[];
  /** Indices of the tasks this one needs. */
  parents: number[];
  /** What the worker does after reading the task; each entry is one turn. */
  work: ScriptedCall[];
  /** The handoff. Both are templates. */
  summary: string;
  metadata: Record<string, unknown>;
}

/** A plan for one idea, chosen when the idea's text contains one of `words`. */
export interface ScriptedIdea {
  words: string[];
  rationale: string;
  tasks: ScriptedTask[];
  /** What the root's orchestrator concludes once every child is done. */
  verdict: string;
}

/**
 * Replaces `{{name}}` in every string inside `value`. A name without a value becomes an empty
 * string, so a script never hands braces to a file or a shell.
 */
export function fillTemplates<T>(value: T, values: ReadonlyMap<string, string>): T {
  if (typeof value === "string") {
    return value.replace(/\{\{([a-z_:.]+)\}\}/g, (_, name: string) => values.get(name) ?? "") as T;
  }
  if (Array.isArray(value)) return value.map((item) => fillTemplates(item, values)) as T;
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillTemplates(item, values)]),
    ) as T;
  }
  return value;
}
