// Owns: the gate "time, ids, processes and networks are parameters".

import { projectPath, roomOf } from "../place.ts";

/** Global objects that reach the machine, with where each may be used besides `platform`. */
const globals: Readonly<Record<string, readonly string[]>> = {
  Deno: [],
  fetch: [],
  process: [],
  WebSocket: [],
  performance: ["src/base/clock.ts"],
  crypto: ["src/base/ids.ts"],
};

/** Members of otherwise harmless globals that reach the machine. */
const members: Readonly<Record<string, readonly string[]>> = {
  "Date.now": ["src/base/clock.ts"],
  "Math.random": ["src/base/ids.ts"],
};

/** What the outermost rooms may use besides. */
const outermost: Readonly<Record<string, readonly string[]>> = {
  main: ["Deno.args"],
  app: ["Deno.args"],
};

const printing = ["cli", "app", "main"];

const hint = "Take a port as a parameter (Clock, random bytes, a function), " +
  "or put the call behind a function of src/platform.";

/** Lint rule: names of the machine appear only in `platform` and the clock and id ports. */
export const machine: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    const room = path === null ? null : roomOf(path);
    if (path === null || room === null) return {};
    const declared = new Set<string>();
    /** By position: a shorthand property is visited twice, as key and as value. */
    const found = new Map<number, { node: Deno.lint.Node; name: string }>();

    const judge = (name: string): { message: string; hint: string } | null => {
      if (name.startsWith("console")) {
        return printing.includes(room) ? null : {
          message: `${room} prints with console`,
          hint: "Log through the Log port; only cli and app print.",
        };
      }
      const allowed = room === "platform" || (globals[name.split(".")[0]!] ?? []).includes(path) ||
        (members[name] ?? []).includes(path) || (outermost[room] ?? []).includes(name);
      return allowed ? null : { message: `${room} uses ${name}`, hint };
    };

    return {
      Identifier(node) {
        if (isDeclaration(node)) declared.add(node.name);
        else if (isReference(node)) {
          const name = machineName(node);
          if (name !== null) found.set(node.range[0], { node, name });
        }
      },
      "Program:exit"() {
        for (const { node, name } of found.values()) {
          if (declared.has(name.split(".")[0]!)) continue;
          const finding = judge(name);
          if (finding) context.report({ node, ...finding });
        }
      },
    };
  },
};

/** `Deno.args`, `Date.now`, `fetch`, …: what the reference reaches; null when it is harmless. */
function machineName(node: Deno.lint.Identifier): string | null {
  if (node.name === "globalThis") {
    const member = memberOf(node);
    return member !== null && (member in globals || member === "console") ? member : null;
  }
  const member = memberOf(node);
  const name = member === null ? node.name : `${node.name}.${member}`;
  if (node.name in globals || node.name === "console") return name;
  if (name in members) return name;
  const parent = node.parent;
  const readsClock = node.name === "Date" &&
    (parent.type === "NewExpression" || parent.type === "CallExpression") &&
    parent.callee.range[0] === node.range[0] && parent.arguments.length === 0;
  return readsClock ? "Date.now" : null;
}

function memberOf(node: Deno.lint.Identifier): string | null {
  const parent = node.parent;
  if (parent.type !== "MemberExpression" || parent.object.range[0] !== node.range[0]) return null;
  return parent.property.type === "Identifier" && !parent.computed ? parent.property.name : null;
}

/** True where the identifier names something new: a variable, parameter, import, function, class. */
function isDeclaration(node: Deno.lint.Identifier): boolean {
  const parent = node.parent as Deno.lint.Node & Record<string, unknown>;
  switch (parent.type) {
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return same(parent.local, node);
    case "VariableDeclarator":
    case "ClassDeclaration":
      return same(parent.id, node);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return same(parent.id, node) || parent.params.some((param) => same(param, node));
    case "CatchClause":
      return same(parent.param, node);
    case "RestElement":
    case "ArrayPattern":
      return true;
    case "AssignmentPattern":
      return same(parent.left, node);
    case "Property":
      return (parent.parent as Deno.lint.Node).type === "ObjectPattern" &&
        same(parent.value, node);
    default:
      return false;
  }
}

/** True where the identifier stands for a value at run time. */
function isReference(node: Deno.lint.Identifier): boolean {
  const parent = node.parent as Deno.lint.Node & Record<string, unknown>;
  switch (parent.type) {
    case "MemberExpression":
      return same(parent.object, node) || parent.computed;
    case "Property":
      return same(parent.value, node) || parent.computed;
    case "MethodDefinition":
    case "PropertyDefinition":
      return same(parent.value, node) || parent.computed;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return true;
    case "ImportSpecifier":
    case "ExportSpecifier":
    case "LabeledStatement":
      return false;
    default:
      return !parent.type.startsWith("TS");
  }
}

function same(candidate: unknown, node: Deno.lint.Node): boolean {
  const range = (candidate as Deno.lint.Node | null | undefined)?.range;
  return range?.[0] === node.range[0] && range[1] === node.range[1];
}
