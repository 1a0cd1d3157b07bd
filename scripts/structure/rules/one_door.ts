// Owns: the gates "SQL has a home" and "one door for state".

import { projectPath, resolveSpecifier, roomOf } from "../place.ts";

/** Where SQL text may stand. */
const sqlHomes = ["src/kernel/queries/", "src/kernel/migrations/", "src/kernel/engine/"];

/** Declarations that write status, claim or run columns, and the one folder that may use them. */
export interface Door {
  file: string;
  names: readonly string[];
  callers: string;
}

export const doors: readonly Door[] = [
  {
    file: "src/kernel/queries/tasks.ts",
    names: ["updateTask"],
    callers: "src/kernel/lifecycle/",
  },
  {
    file: "src/kernel/queries/runs.ts",
    names: ["insertRun", "updateRun", "mendRunEnd"],
    callers: "src/kernel/lifecycle/",
  },
  {
    file: "src/kernel/queries/schema.ts",
    names: ["sql", "adoptRunningTasks"],
    callers: "src/kernel/migrations/",
  },
];

const stateColumns = "status|claim_lock|claim_expires|worker_pid|current_run_id|started_at|" +
  "completed_at|ended_at|outcome";

/** Keywords in capitals, as this house writes SQL; prose with the same words stays free. */
const statement =
  /^\s*(SELECT\s[\s\S]*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|WITH\s+(RECURSIVE\s+)?\w+)\s/;

/** True when the SQL text may change state columns: one is named after SET, or names are spliced in. */
export function writesState(sql: string): boolean {
  const set = /\bUPDATE\s+(?:tasks|task_runs)\b[\s\S]*?\bSET\b([\s\S]*)/i.exec(sql)?.[1];
  if (set === undefined) return false;
  const assigned = set.split(/\bWHERE\b/i)[0]!;
  return assigned.includes("${") || new RegExp(`\\b(${stateColumns})\\s*=`, "i").test(assigned);
}

/** Lint rule: SQL only in the kernel's query rooms; state is written only through the lifecycle. */
export const oneDoor: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    if (path === null || roomOf(path) === null) return {};

    const checkText = (node: Deno.lint.Node, text: string) => {
      if (statement.test(text) && !sqlHomes.some((home) => path.startsWith(home))) {
        context.report({
          node,
          message: `SQL text outside ${sqlHomes[0]}`,
          hint: "Move it beside a typed function in kernel/queries/<table>.ts.",
        });
      }
      if (path.startsWith("src/kernel/migrations/") || !writesState(text)) return;
      const owner = declarationAround(context, node);
      const door = doors.find((it) => it.file === path);
      if (owner !== null && door?.names.includes(owner)) return;
      context.report({
        node,
        message: "This UPDATE writes status, claim or run columns outside the one door",
        hint: "Make the change a lifecycle command; only apply.ts writes them, through the " +
          "functions named in scripts/structure/rules/one_door.ts.",
      });
    };

    const checkImport = (source: Deno.lint.Node | null, names: readonly string[] | "all") => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      if (!source.value.startsWith(".")) return;
      const target = resolveSpecifier(path, source.value);
      const door = doors.find((it) => it.file === target);
      if (!door || path.startsWith(door.callers)) return;
      const taken = names === "all" ? door.names : names.filter((it) => door.names.includes(it));
      if (taken.length === 0) return;
      context.report({
        node: source,
        message: `${path} imports ${taken.join(", ")} from ${target}: only ${door.callers} may`,
        hint: "Send a lifecycle command instead" +
          (names === "all" ? ", or import the functions you need by name." : "."),
      });
    };

    return {
      Literal(node) {
        if (typeof node.value === "string") checkText(node, node.value);
      },
      TemplateLiteral: (node) => checkText(node, context.sourceCode.getText(node).slice(1, -1)),
      ImportDeclaration(node) {
        const whole = node.specifiers.some((name) => name.type === "ImportNamespaceSpecifier");
        const names = node.specifiers.map((name) =>
          name.type === "ImportSpecifier" ? nameOf(name.imported) : "default"
        );
        if (node.importKind !== "type") checkImport(node.source, whole ? "all" : names);
      },
      ImportExpression: (node) => checkImport(node.source, "all"),
      ExportAllDeclaration: (node) => checkImport(node.source, "all"),
      ExportNamedDeclaration(node) {
        if (node.source) checkImport(node.source, node.specifiers.map((it) => nameOf(it.local)));
      },
    };
  },
};

function nameOf(node: Deno.lint.Identifier | Deno.lint.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}

/** Name of the top-level function or constant that `node` stands in. */
function declarationAround(context: Deno.lint.RuleContext, node: Deno.lint.Node): string | null {
  for (const ancestor of context.sourceCode.getAncestors(node)) {
    if (ancestor.type === "FunctionDeclaration") return ancestor.id?.name ?? null;
    if (ancestor.type === "VariableDeclarator" && ancestor.id.type === "Identifier") {
      return ancestor.id.name;
    }
  }
  return null;
}
