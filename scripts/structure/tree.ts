// Owns: the gates that look at the whole tree at once. Every check is pure: files in, problems out.

import { resolveSpecifier } from "./place.ts";
import { type Room, rooms } from "./rooms.ts";
import { isBucketName } from "./rules/file_shape.ts";

/** Project path (forward slashes) → text. */
export type Tree = ReadonlyMap<string, string>;

/** One named check over the tree; gives a line per problem, each saying how to mend it. */
export interface TreeCheck {
  name: string;
  find(tree: Tree): string[];
}

export const treeChecks: readonly TreeCheck[] = [
  { name: "rooms known and arrows acyclic", find: findRoomProblems },
  { name: "every text file is imported", find: findOrphanTexts },
  { name: "names and marks in text files", find: findTextProblems },
  { name: "test files are found by the test command", find: findLostTests },
  { name: "version and changelog agree", find: findVersionProblems },
  { name: "one Deno version everywhere", find: findDenoVersionProblems },
  { name: "packages pinned, none from JSR", find: findPackageProblems },
];

/** Reads the text files below the project folders the checks are about. */
export async function readTree(root: string): Promise<Tree> {
  const tree = new Map<string, string>();
  const readInto = async (path: string): Promise<void> => {
    for await (const entry of Deno.readDir(`${root}/${path}`)) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory) {
        if (!/^(\.git|\.cache|dist|node_modules)$/.test(entry.name)) await readInto(inner);
      } else if (/(\.(ts|json|lock|sql|txt|md|css|html)|^run)$/.test(entry.name)) {
        tree.set(inner, await Deno.readTextFile(`${root}/${inner}`));
      }
    }
  };
  await readInto("");
  return tree;
}

function findRoomProblems(tree: Tree): string[] {
  const problems: string[] = [];
  const found = new Set<string>();
  for (const path of tree.keys()) {
    const [top, room, file] = path.split("/");
    if (top === "src" && room !== undefined && file !== undefined) found.add(room);
  }
  for (const room of found) {
    if (room in rooms) continue;
    problems.push(`src/${room}: the table does not know this room; add it to rooms.ts or move it`);
  }
  const cycle = findCycle(rooms);
  if (cycle) problems.push(`rooms.ts: arrows run in a circle: ${cycle}; remove one of them`);
  return problems;
}

/** A circle among the rooms of `table`, written as arrows; null when there is none. */
export function findCycle(table: Readonly<Record<string, Room>>): string | null {
  const arrows = new Map<string, Set<string>>();
  for (const [key, room] of Object.entries(table)) {
    const from = key.split("/")[0]!;
    const targets = arrows.get(from) ?? new Set();
    for (const to of [...room.values, ...(room.types ?? [])]) targets.add(to);
    arrows.set(from, targets);
  }
  const done = new Set<string>();
  const walk = (room: string, way: string[]): string | null => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room].join(" → ");
    if (done.has(room)) return null;
    for (const next of arrows.get(room) ?? []) {
      const cycle = walk(next, [...way, room]);
      if (cycle) return cycle;
    }
    done.add(room);
    return null;
  };
  for (const room of arrows.keys()) {
    const cycle = walk(room, []);
    if (cycle) return cycle;
  }
  return null;
}

function findOrphanTexts(tree: Tree): string[] {
  const imported = new Set<string>();
  for (const [path, text] of tree) {
    if (!path.startsWith("src/") || !path.endsWith(".ts")) continue;
    for (const match of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      imported.add(resolveSpecifier(path, match[1]!));
    }
  }
  return [...tree.keys()]
    .filter((path) => /^src\/.*\.(sql|txt|md|json)$|^skills\/.*\/SKILL\.md$/.test(path))
    .filter((path) => !imported.has(path))
    .map((path) => `${path}: nothing imports it, so it is in no program; import it or delete it`);
}

function findTextProblems(tree: Tree): string[] {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    if (path.endsWith(".ts") || !/^(src|skills)\//.test(path)) continue;
    if (isBucketName(path)) problems.push(`${path}: names a bucket; name the one thing it owns`);
    const mark = /\b(TODO|FIXME|XXX):/.exec(text)?.[1];
    if (mark) problems.push(`${path}: a ${mark} mark was left behind; do it or drop it`);
  }
  return problems;
}

/** Suites inside a function are fine anywhere: a test file calls them. */
function findLostTests(tree: Tree): string[] {
  return [...tree]
    .filter(([path, text]) => path.endsWith(".ts") && /^Deno\.test\(/m.test(text))
    .filter(([path]) => !path.startsWith("tests/") || !path.endsWith("_test.ts"))
    .map(([path]) => `${path}: its tests never run; put them into tests/<room>/<file>_test.ts`);
}

function findVersionProblems(tree: Tree): string[] {
  const code = /version = "([^"]+)"/.exec(tree.get("src/base/version.ts") ?? "")?.[1];
  const log = /^## \[?(\d[^\]\s]*)/m.exec(tree.get("CHANGELOG.md") ?? "")?.[1];
  if (code !== undefined && code === log) return [];
  return [
    `src/base/version.ts says ${code ?? "nothing"}, the newest release in CHANGELOG.md is ` +
    `${log ?? "missing"}; make them equal`,
  ];
}

function findDenoVersionProblems(tree: Tree): string[] {
  const files = [".ci/run", "README.md", "CONTRIBUTING.md"];
  const pinned = /deno@(\d+\.\d+\.\d+)/.exec(tree.get(".ci/run") ?? "")?.[1];
  if (pinned === undefined) {
    return [".ci/run: names no deno@<version>; it must start the pinned one"];
  }
  return files.flatMap((file) =>
    [...(tree.get(file) ?? "").matchAll(/npx -y deno@([\w.-]*\w)/g)]
      .filter((match) => match[1] !== pinned)
      .map((match) => `${file}: says deno@${match[1]}, .ci/run says deno@${pinned}; use the same`)
  );
}

function findPackageProblems(tree: Tree): string[] {
  const imports: Record<string, string> = JSON.parse(tree.get("deno.json") ?? "{}").imports ?? {};
  const problems = Object.entries(imports)
    .filter(([, target]) => !/^npm:(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+$/.test(target))
    .map(([name, target]) =>
      `deno.json: "${name}" is "${target}"; pin one npm version: npm:<name>@<x.y.z>`
    );
  if (/"(jsr|remote)":|"jsr:/.test(tree.get("deno.lock") ?? "")) {
    problems.push("deno.lock: locks something that is no npm package; remove its import");
  }
  return problems;
}
