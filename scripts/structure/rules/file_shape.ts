// Owns: the gates on a single source file: its first line, its length, its name, marks left behind.

import { projectPath } from "../place.ts";

const maxLines = 400;
const bucketNames = /(^|\/)(utils?|common|types|helpers?|misc)(\.tsx?|\/|$)/;
const marks = /\b(TODO|FIXME|XXX|HACK)\b/;

/** True for names that invite everything: utils, common, types, helpers, misc. */
export function isBucketName(path: string): boolean {
  return bucketNames.test(path);
}

/** Lint rule: every file of the product and its scripts says what it owns and stays small. */
export const fileShape: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    if (path === null) return {};
    return {
      Program() {
        if (/^(src\/|scripts\/|dashboard\/|main\.ts$)/.test(path)) checkSource(context, path);
        for (const comment of context.sourceCode.getAllComments()) {
          const mark = marks.exec(comment.value)?.[1];
          if (mark) {
            context.report({
              range: comment.range,
              message: `A ${mark} mark was left behind`,
              hint: "Do it, or write an issue and drop the mark.",
            });
          }
          if (comment.value.includes("deno-lint-ignore") && comment.value.includes("hermes/")) {
            context.report({
              range: comment.range,
              message: "A structure gate is switched off by a comment",
              hint: "Mend the code, or change the rule in its own commit with a reason.",
            });
          }
        }
      },
    };
  },
};

function checkSource(context: Deno.lint.RuleContext, path: string): void {
  const { text } = context.sourceCode;
  const start: Deno.lint.Range = [0, Math.max(1, text.indexOf("\n"))];
  const problem = (message: string, hint: string) =>
    context.report({ range: start, message, hint });
  if (!/^\/\/ Owns: \S/.test(text)) {
    problem("The first line does not say what the file owns", "Begin with: // Owns: <what>.");
  }
  const lines = text.trimEnd().split("\n").length;
  if (lines > maxLines) {
    problem(`The file has ${lines} lines; ${maxLines} is the most`, "Split it by what it owns.");
  }
  if (isBucketName(path)) {
    problem(`"${path}" names a bucket`, "Name the file after the one thing it owns.");
  }
}

/** Lint rule: no test is left out, and none shuts the others out. */
export const wholeSuite: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    if (path === null || !path.startsWith("tests/")) return {};
    return {
      MemberExpression(node) {
        if (node.property.type !== "Identifier") return;
        const name = node.property.name;
        if (
          !/^(only|ignore|skip)$/.test(name) || !/^(Deno\.test|describe|it|test)$/.test(
            context.sourceCode.getText(node.object),
          )
        ) return;
        context.report({
          node,
          message: `A test is switched off or singled out with .${name}`,
          hint: "Mend the test or delete it.",
        });
      },
      Property(node) {
        if (node.key.type !== "Identifier" || !/^(only|ignore)$/.test(node.key.name)) return;
        if (node.value.type !== "Literal" || node.value.value !== true) return;
        context.report({
          node,
          message: `A test is switched off or singled out with ${node.key.name}: true`,
          hint: "Mend the test or delete it; a condition on the system is fine.",
        });
      },
    };
  },
};
