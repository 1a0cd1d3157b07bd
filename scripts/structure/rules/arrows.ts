// Owns: the gate "rooms import downwards only".

import { projectPath, resolveSpecifier, roomOf } from "../place.ts";
import { dashboardData, freeBuiltins, ownBuiltins, reservedFiles, rooms } from "../rooms.ts";

/** What is wrong with one import and how to mend it. */
export interface Finding {
  message: string;
  hint: string;
}

const tableHint = "Move the code to a room that may import it, or take what you need as a " +
  "parameter. The table is scripts/structure/rooms.ts; a new arrow is its own commit with a reason.";

/** Judges one import in the project file `from`; null when it is allowed. */
export function judgeImport(from: string, specifier: string, typeOnly: boolean): Finding | null {
  if (from.startsWith("dashboard/")) return judgeBrowser(from, specifier, typeOnly);
  const room = roomOf(from);
  if (room === null) return null;
  if (specifier.startsWith("node:")) return judgeBuiltin(room, specifier);
  if (/^(npm|jsr|https?|data|file):/.test(specifier)) {
    return {
      message: `${from} imports "${specifier}" directly`,
      hint: "Name the package once in deno.json and import it by that name.",
    };
  }
  if (!specifier.startsWith(".")) return null;
  return judgeFile(from, room, resolveSpecifier(from, specifier), typeOnly);
}

function judgeBrowser(from: string, specifier: string, typeOnly: boolean): Finding | null {
  if (specifier.startsWith("node:")) {
    return {
      message: `dashboard → ${specifier}: it runs in a browser`,
      hint: "Use what browsers have.",
    };
  }
  if (!specifier.startsWith(".")) return null;
  const to = resolveSpecifier(from, specifier);
  if (to.startsWith("dashboard/")) return null;
  if (to.startsWith("src/") && (typeOnly || dashboardData.includes(to))) return null;
  return {
    message: `dashboard → ${to}: only types, and the plain data named in rooms.ts`,
    hint: "Use import type, or ask the server.",
  };
}

function judgeBuiltin(room: string, specifier: string): Finding | null {
  const allowed = room === "platform" || freeBuiltins.includes(specifier) ||
    (ownBuiltins[room] ?? []).includes(specifier);
  if (allowed) return null;
  return {
    message: `${room} → ${specifier}: only platform touches the operating system`,
    hint: "Call a function of src/platform, or take a port as a parameter.",
  };
}

function judgeFile(from: string, room: string, to: string, typeOnly: boolean): Finding | null {
  const arrows = rooms[room];
  if (!arrows) {
    return {
      message: `${from} lies in the room "${room}", which the table does not know`,
      hint: "Move the file to a known room, or add the room to scripts/structure/rooms.ts.",
    };
  }
  const target = roomOf(to)?.split("/")[0];
  if (target === undefined) {
    const folder = to.split("/")[0]!;
    if (arrows.assets?.includes(folder)) return null;
    return { message: `${room} → ${to}: it lies outside src`, hint: tableHint };
  }
  const readers = reservedFiles[to];
  if (readers && target !== room && !readers.includes(room)) {
    return {
      message: `${room} → ${to}: only ${readers.join(", ")} may print or exit`,
      hint: "Return a value or throw a HermesError; a surface prints it.",
    };
  }
  if (target === "base" || target === room.split("/")[0]) return null;
  if (arrows.values.includes(target)) return null;
  if (arrows.types?.includes(target)) {
    if (typeOnly) return null;
    return {
      message: `${room} → ${target}: only types may be imported`,
      hint: "Use import type, and take values as parameters.",
    };
  }
  return { message: `${room} → ${target}: the arrow is not in the table`, hint: tableHint };
}

/** Lint rule: judges every static, dynamic, type and re-exporting import of a file. */
export const arrows: Deno.lint.Rule = {
  create(context) {
    const from = projectPath(context.filename);
    if (from === null) return {};
    if (roomOf(from) === null && !from.startsWith("dashboard/")) return {};
    const check = (given: Deno.lint.Node | null, typeOnly: boolean) => {
      const source = given?.type === "TSLiteralType" ? given.literal : given;
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const finding = judgeImport(from, source.value, typeOnly);
      if (finding) context.report({ node: source, ...finding });
    };
    return {
      ImportDeclaration(node) {
        const names = node.specifiers;
        const onlyTypes = names.length > 0 &&
          names.every((name) => name.type === "ImportSpecifier" && name.importKind === "type");
        check(node.source, node.importKind === "type" || onlyTypes);
      },
      ImportExpression(node) {
        if (node.source.type === "Literal") return check(node.source, false);
        context.report({
          node,
          message: "The specifier of a lazy import is not a plain string",
          hint: "Write it out: the bundler and this check must be able to read it.",
        });
      },
      TSImportType: (node) => check(node.argument, true),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
    };
  },
};
