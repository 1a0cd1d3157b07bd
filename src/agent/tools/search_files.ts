// Owns: the `search_files` tool.

import { readTextIfExists } from "../../platform/files.ts";
import { walkTree } from "../../platform/file_tree.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalText, textArgument } from "./arguments.ts";
import { skippedFolders } from "./list_files.ts";
import { confineReading, looksBinary, type Reach } from "./workspace_path.ts";

const mostMatches = 200;
const largestSearchedBytes = 2 * 1024 * 1024;
/** Longer lines are searched and shown up to here, in characters; keeps a bad pattern bounded. */
const longestLine = 2000;
const shownLine = 300;

/** Finds lines by regular expression, or by plain text when the pattern is no valid expression. */
export function searchFilesTool(reach: Reach): AgentTool {
  return {
    name: "search_files",
    description: "Find lines in the workspace's text files. Answers path:line: text. " +
      ".git, node_modules and binary files are left out.",
    parameters: objectSchema({
      pattern: { type: "string", description: "A regular expression, or plain text." },
      path: { type: "string", description: "Folder to search. Default: the whole workspace." },
      suffix: { type: "string", description: "Only files whose name ends so, such as .md" },
    }, ["pattern"]),
    async run(args, signal) {
      const matches = matcher(textArgument(args, "pattern"));
      const below = optionalText(args, "path", ".");
      const suffix = optionalText(args, "suffix", "");
      const folder = await confineReading(reach, below);
      const found: string[] = [];
      for await (const entry of walkTree(folder, { maxDepth: 40, skip: skippedFolders })) {
        signal.throwIfAborted();
        const searched = entry.kind === "file" && entry.size <= largestSearchedBytes &&
          entry.path.endsWith(suffix);
        if (!searched || looksBinary(`${folder}/${entry.path}`)) continue;
        const text = await readTextIfExists(`${folder}/${entry.path}`) ?? "";
        const shown = below === "." ? entry.path : `${below.replace(/\/+$/, "")}/${entry.path}`;
        collect(text, shown, matches, found);
        if (found.length > mostMatches) break;
      }
      if (found.length === 0) return "[no match]";
      if (found.length <= mostMatches) return found.join("\n");
      return `${
        found.slice(0, mostMatches).join("\n")
      }\n[more than ${mostMatches} matches; narrow the search]`;
    },
  };
}

function collect(
  text: string,
  path: string,
  matches: (line: string) => boolean,
  found: string[],
): void {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const searched = line.slice(0, longestLine);
    if (!matches(searched)) continue;
    found.push(`${path}:${index + 1}: ${searched.slice(0, shownLine)}`);
    if (found.length > mostMatches) return;
  }
}

function matcher(pattern: string): (line: string) => boolean {
  try {
    const expression = new RegExp(pattern);
    return (line) => expression.test(line);
  } catch {
    return (line) => line.includes(pattern);
  }
}
