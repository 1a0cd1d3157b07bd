// Owns: the scripted idea "a small static site about tides".

import type { ScriptedIdea } from "../script.ts";

const facts = `# Tide facts

- Most coasts see two high tides in a lunar day of about 24 hours and 50 minutes.
- The Moon pulls hardest on the side of the Earth that faces it; that water bulges towards it.
- A second bulge stands on the far side, where the pull is weakest.
- The Sun takes part with a little under half of the Moon's effect.
- At new and full moon both pull in line and the range is largest: spring tides.
- At the half moons they pull at right angles and the range is smallest: neap tides.
- The Bay of Fundy in Canada has the largest known range, about 16 metres.
- Enclosed seas such as the Mediterranean rise and fall by a few decimetres only.
`;

const template = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tides</title>
    <link rel="stylesheet" href="style.css">
  </head>
  <body>
    <h1>Tides</h1>
    <!-- INTRO -->
    <h2>Facts</h2>
    <ul>
      <!-- FACTS -->
    </ul>
  </body>
</html>
`;

const style = `body {
  margin: 3rem auto;
  max-width: 38rem;
  padding: 0 1rem;
  font: 1.05rem/1.6 Georgia, serif;
  color: #12303f;
  background: #f3f9fb;
}
h1 { border-bottom: 0.2rem solid #2f8fae; }
li { margin: 0.4rem 0; }
`;

const build = `#!/bin/sh
# Fills the template with the introduction and the facts.
set -eu
mkdir -p site
INTRO=$(cat intro.html)
export INTRO
awk '
  FNR == NR { if ($0 ~ /^- /) items = items "      <li>" substr($0, 3) "</li>\\n"; next }
  /<!-- INTRO -->/ { print ENVIRON["INTRO"]; next }
  /<!-- FACTS -->/ { printf "%s", items; next }
  { print }
' "$1" "$2" > site/index.html
[ -f site/style.css ] || cp "$3" site/style.css
grep -c '<li>' site/index.html
`;

const review = `#!/bin/sh
# Checks the finished page; every failed check is printed and counted.
site="$1"
page="$site/index.html"
passed=0
failed=0
check() {
  if eval "$2"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $1"; fi
}
check "the page exists" '[ -s "$page" ]'
check "it declares its language" 'grep -q "<html lang=" "$page"'
check "it has one main heading" '[ "$(grep -c "<h1>" "$page")" -eq 1 ]'
check "it lists at least six facts" '[ "$(grep -c "<li>" "$page")" -ge 6 ]'
check "its style sheet lies beside it" '[ -s "$site/style.css" ]'
check "no placeholder is left" '! grep -q "<!--" "$page"'
echo "$passed of $((passed + failed)) checks passed"
[ "$failed" -eq 0 ]
`;

/** Facts and page layout in parallel, then the page, then its review. */
export const tidesSite: ScriptedIdea = {
  words: ["tide", "tides"],
  rationale: "Facts and layout do not need each other; the page needs both, the review the page.",
  tasks: [
    {
      title: "Collect the facts about tides",
      body: "Goal: the facts a short page about tides needs.\n" +
        "Approach: one fact a line, as a Markdown list in facts.md.\n" +
        "Acceptance: at least six facts; the handoff names the file as facts_file.",
      roles: ["researcher", "analyst"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "facts.md", content: facts } },
        { tool: "terminal", args: { command: "grep -c '^- ' facts.md" } },
      ],
      summary: "Collected {{output}} facts about tides in facts.md.",
      metadata: { changed_files: ["facts.md"], facts_file: "{{workspace}}/facts.md" },
    },
    {
      title: "Prepare the page layout",
      body: "Goal: an HTML template and a style sheet for a one-page site.\n" +
        "Approach: template.html with placeholders INTRO and FACTS, style.css beside it.\n" +
        "Acceptance: valid HTML; the handoff names template_file and style_file.",
      roles: ["frontend-eng", "backend-eng", "ops"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "template.html", content: template } },
        { tool: "write_file", args: { path: "style.css", content: style } },
        { tool: "list_files", args: {} },
      ],
      summary: "Template and style sheet are ready; placeholders are INTRO and FACTS.",
      metadata: {
        changed_files: ["template.html", "style.css"],
        template_file: "{{workspace}}/template.html",
        style_file: "{{workspace}}/style.css",
      },
    },
    {
      title: "Write the tides page",
      body: "Goal: site/index.html from the collected facts and the prepared layout.\n" +
        "Approach: write an introduction, then fill the template with a small script.\n" +
        "Acceptance: every fact is on the page; the handoff names the folder as site_dir.",
      roles: ["writer"],
      parents: [0, 1],
      work: [
        {
          tool: "write_file",
          args: {
            path: "intro.html",
            content:
              "    <p>Twice a day the sea comes and goes. The Moon does most of the pulling,\n" +
              "    the Sun helps, and the shape of the coast decides how much of it you see.</p>\n",
          },
        },
        { tool: "kanban_heartbeat", args: { note: "introduction written, filling the template" } },
        { tool: "write_file", args: { path: "build.sh", content: build } },
        {
          tool: "terminal",
          args: {
            command: "sh build.sh {{sh:facts_file}} {{sh:template_file}} {{sh:style_file}}",
          },
        },
      ],
      summary: "The page is in site/index.html with {{output}} facts and an introduction.",
      metadata: {
        changed_files: ["intro.html", "build.sh", "site/index.html", "site/style.css"],
        site_dir: "{{workspace}}/site",
      },
    },
    {
      title: "Review the tides site",
      body: "Goal: be sure that the page can be published.\n" +
        "Approach: check structure, facts, style sheet and leftovers with a script.\n" +
        "Acceptance: all checks pass; a failed one is reported, not repaired.",
      roles: ["reviewer", "ops"],
      parents: [2],
      work: [
        { tool: "write_file", args: { path: "review.sh", content: review } },
        { tool: "terminal", args: { command: "sh review.sh {{sh:site_dir}}" } },
      ],
      summary: "Reviewed the site: {{output}}.",
      metadata: { changed_files: ["review.sh"], site_dir: "{{from:site_dir}}" },
    },
  ],
  verdict: "The page exists, carries the collected facts and passed its review.",
};
