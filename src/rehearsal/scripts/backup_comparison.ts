// Owns: the scripted idea "compare three ways to back up a home server".

import type { ScriptedIdea } from "../script.ts";

const sample = `# Twelve text files stand for a home server; one of them changes every night.
mkdir -p sample
i=1
while [ "$i" -le 12 ]; do
  awk -v n="$i" 'BEGIN { for (r = 0; r < 400; r++) print n, r, (n * r * 7919) % 10007 }' \\
    > "sample/file$i.txt"
  i=$((i + 1))
done
change() { echo "changed in night $1" >> "sample/file$1.txt"; }
bytes() { cat "$@" | wc -c | tr -d ' '; }
`;

const measureCopies = `#!/bin/sh
# Three nights of a mirror and of a compressed archive.
set -eu
${sample}
: > copies.tsv
for night in 1 2 3; do
  change "$night"
  rm -rf mirror
  cp -R sample mirror
  tar -cf - sample | gzip -n > "archive$night.tar.gz"
done
printf 'mirror\\t%s\\t1\\n' "$(bytes mirror/*)" >> copies.tsv
printf 'archive\\t%s\\t3\\n' "$(bytes archive*.tar.gz)" >> copies.tsv
cat copies.tsv
`;

const measureSnapshots = `#!/bin/sh
# Three nights of snapshots in which an unchanged file is a hard link to the night before.
set -eu
${sample}
stored=0
before=
for night in 1 2 3; do
  change "$night"
  mkdir -p "snapshot$night"
  for file in sample/*; do
    name=$(basename "$file")
    if [ -n "$before" ] && cmp -s "$file" "$before/$name"; then
      ln -f "$before/$name" "snapshot$night/$name"
    else
      cp "$file" "snapshot$night/$name"
      stored=$((stored + $(bytes "$file")))
    fi
  done
  before="snapshot$night"
done
printf 'snapshots\\t%s\\t3\\n' "$stored" > snapshots.tsv
cat snapshots.tsv
`;

const criteria = `## What each way protects against

| | deleted by mistake | disk failure | ransomware | how to restore |
|---|---|---|---|---|
| mirror | until the next run | yes | no, it copies the damage | copy back |
| archive | yes, any kept night | yes | yes, when kept offline | unpack one archive |
| snapshots | yes, any kept night | only on another disk | only when read-only | copy one folder back |
`;

const report = `#!/bin/sh
# Joins both measurements and the criteria into one page.
set -eu
{
  echo "# Three ways to back up a home server"
  echo
  echo "Measured on twelve small files over three nights, one file changing each night."
  echo
  echo "| way | bytes stored | nights you can go back to |"
  echo "|---|---|---|"
  cat "$1" "$2" | awk -F '\\t' '{ printf "| %s | %s | %s |\\n", $1, $2, $3 }'
  echo
  cat "$3"
} > comparison.md
smallest=$(cat "$1" "$2" | awk -F '\\t' '$3 == 3' | sort -n -k 2 | head -n 1 | cut -f 1)
echo "$smallest"
`;

/** Two measurements and a list of criteria in parallel, then the comparison. */
export const backupComparison: ScriptedIdea = {
  words: ["back up", "backup", "backups"],
  rationale: "Both measurements and the criteria stand alone; only the comparison needs all three.",
  tasks: [
    {
      title: "Measure a mirror and a nightly archive",
      body: "Goal: bytes stored after three nights of a mirror and of compressed archives.\n" +
        "Approach: a script on made sample files; results as way, bytes, nights in copies.tsv.\n" +
        "Acceptance: the script ends with exit code 0; the handoff names copies_file.",
      roles: ["ops", "backend-eng"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "measure_copies.sh", content: measureCopies } },
        { tool: "terminal", args: { command: "sh measure_copies.sh" } },
        { tool: "read_file", args: { path: "copies.tsv" } },
      ],
      summary: "Measured a mirror and nightly archives over three nights; figures in copies.tsv.",
      metadata: {
        changed_files: ["measure_copies.sh", "copies.tsv"],
        copies_file: "{{workspace}}/copies.tsv",
      },
    },
    {
      title: "Measure hard-link snapshots",
      body: "Goal: bytes stored after three nights of snapshots that share unchanged files.\n" +
        "Approach: a script on the same made sample files; result in snapshots.tsv.\n" +
        "Acceptance: the script ends with exit code 0; the handoff names snapshots_file.",
      roles: ["backend-eng", "ops"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "measure_snapshots.sh", content: measureSnapshots } },
        { tool: "terminal", args: { command: "sh measure_snapshots.sh" } },
      ],
      summary: "Measured hard-link snapshots over three nights; figures in snapshots.tsv.",
      metadata: {
        changed_files: ["measure_snapshots.sh", "snapshots.tsv"],
        snapshots_file: "{{workspace}}/snapshots.tsv",
      },
    },
    {
      title: "List what each way protects against",
      body: "Goal: for mirror, archive and snapshots, which accidents each survives.\n" +
        "Approach: one Markdown table, a row per way.\n" +
        "Acceptance: all three ways are covered; the handoff names criteria_file.",
      roles: ["researcher", "analyst"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "criteria.md", content: criteria } },
        { tool: "search_files", args: { pattern: "^\\| (mirror|archive|snapshots) " } },
      ],
      summary: "One table: mirror, archive and snapshots against four kinds of accident.",
      metadata: { changed_files: ["criteria.md"], criteria_file: "{{workspace}}/criteria.md" },
    },
    {
      title: "Write the backup comparison",
      body: "Goal: one page that lets a reader choose.\n" +
        "Approach: join the measurements and the criteria into comparison.md.\n" +
        "Acceptance: all three ways appear with figures; the handoff names the cheapest history.",
      roles: ["writer"],
      parents: [0, 1, 2],
      work: [
        { tool: "write_file", args: { path: "report.sh", content: report } },
        {
          tool: "terminal",
          args: {
            command: "sh report.sh {{sh:copies_file}} {{sh:snapshots_file}} {{sh:criteria_file}}",
          },
        },
      ],
      summary:
        "comparison.md covers three ways; the smallest with three nights of history: {{output}}.",
      metadata: {
        changed_files: ["report.sh", "comparison.md"],
        report_file: "{{workspace}}/comparison.md",
      },
    },
  ],
  verdict: "Three ways were measured or judged on the same footing and the page joins them.",
};
