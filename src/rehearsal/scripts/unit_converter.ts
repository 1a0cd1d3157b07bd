// Owns: the scripted idea "a command-line unit converter with tests".

import type { ScriptedIdea } from "../script.ts";

const factors = `m\tlength\t1
km\tlength\t1000
mi\tlength\t1609.344
ft\tlength\t0.3048
in\tlength\t0.0254
kg\tmass\t1
g\tmass\t0.001
lb\tmass\t0.45359237
`;

const converter = `#!/bin/sh
# Converts an amount between two units of one kind: sh convert.sh 10 km mi
if [ "$#" -ne 3 ]; then
  echo "usage: sh convert.sh AMOUNT FROM TO" >&2
  exit 2
fi
awk -F '\\t' -v amount="$1" -v from="$2" -v to="$3" '
  { kind[$1] = $2; factor[$1] = $3 }
  END {
    if (!(from in factor)) { print "unknown unit: " from > "/dev/stderr"; exit 1 }
    if (!(to in factor)) { print "unknown unit: " to > "/dev/stderr"; exit 1 }
    if (kind[from] != kind[to]) {
      print "cannot convert " kind[from] " to " kind[to] > "/dev/stderr"
      exit 1
    }
    printf "%.4f\\n", amount * factor[from] / factor[to]
  }
' "$(dirname "$0")/factors.tsv"
`;

const tests = `#!/bin/sh
# Runs the converter over a table of known answers and three mistakes.
convert="$1"
passed=0
failed=0
same() {
  got=$(sh "$convert" $1 2>/dev/null)
  if [ "$got" = "$2" ]; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  echo "failed: $1 gave '$got' instead of '$2'"
}
refused() {
  if sh "$convert" $1 >/dev/null 2>&1; then failed=$((failed + 1)); echo "failed: $1 was accepted"
  else passed=$((passed + 1)); fi
}
same "1 km m" "1000.0000"
same "10 km mi" "6.2137"
same "1 mi ft" "5280.0000"
same "12 in ft" "1.0000"
same "1 lb g" "453.5924"
same "0 kg lb" "0.0000"
refused "1 km kg"
refused "1 parsec km"
refused "1 km"
echo "$passed of $((passed + failed)) tests passed"
[ "$failed" -eq 0 ]
`;

const manual = `# convert.sh

    sh convert.sh AMOUNT FROM TO

Converts AMOUNT from one unit to another of the same kind and prints four decimals.

    $ sh convert.sh 10 km mi
    6.2137

An unknown unit, or two units of different kinds, ends with exit code 1 and a message.

Units are read from factors.tsv beside the program:
`;

/** Factors, then the program, then tests and manual side by side. */
export const unitConverter: ScriptedIdea = {
  words: ["converter"],
  rationale: "The program needs the factors; its tests and its manual need only the program.",
  tasks: [
    {
      title: "Collect the conversion factors",
      body: "Goal: exact factors for length and mass.\n" +
        "Approach: factors.tsv with unit, kind and factor to the base unit.\n" +
        "Acceptance: inch, foot and mile agree with 25.4 mm; the handoff names factors_file.",
      roles: ["researcher", "analyst"],
      parents: [],
      work: [
        { tool: "write_file", args: { path: "factors.tsv", content: factors } },
        {
          tool: "terminal",
          args: {
            command: 'awk -F \'\\t\' \'{ f[$1] = $3 } END { d = f["ft"] - 12 * f["in"]; ' +
              "if (d * d > 1e-18) exit 1; print NR }' factors.tsv",
          },
        },
      ],
      summary: "{{output}} units with exact factors; foot and inch agree.",
      metadata: { changed_files: ["factors.tsv"], factors_file: "{{workspace}}/factors.tsv" },
    },
    {
      title: "Write the converter program",
      body: "Goal: convert.sh turns an amount of one unit into another.\n" +
        "Approach: plain sh and awk over the collected factors, copied beside the program.\n" +
        "Acceptance: sh convert.sh 1 km m prints 1000.0000; the handoff names program_file.",
      roles: ["backend-eng"],
      parents: [0],
      work: [
        {
          tool: "terminal",
          args: { command: "[ -f factors.tsv ] || cp {{sh:factors_file}} factors.tsv" },
        },
        { tool: "write_file", args: { path: "convert.sh", content: converter } },
        { tool: "terminal", args: { command: "sh convert.sh 1 km m" } },
      ],
      summary: "convert.sh works: 1 km is {{output}} m.",
      metadata: {
        changed_files: ["convert.sh", "factors.tsv"],
        program_file: "{{workspace}}/convert.sh",
        factors_file: "{{workspace}}/factors.tsv",
      },
    },
    {
      title: "Test the converter program",
      body: "Goal: know that the converter answers right and refuses mistakes.\n" +
        "Approach: a table of known answers in test_convert.sh, run against the program.\n" +
        "Acceptance: every test passes; the count is in the summary.",
      roles: ["reviewer", "backend-eng"],
      parents: [1],
      work: [
        { tool: "write_file", args: { path: "test_convert.sh", content: tests } },
        { tool: "kanban_heartbeat", args: { note: "running the tests" } },
        { tool: "terminal", args: { command: "sh test_convert.sh {{sh:program_file}}" } },
      ],
      summary: "{{output}}.",
      metadata: {
        changed_files: ["test_convert.sh"],
        tests_run: 9,
        tests_file: "{{workspace}}/test_convert.sh",
      },
    },
    {
      title: "Write the converter manual",
      body: "Goal: a page that shows how to call the converter and which units it knows.\n" +
        "Approach: README.md with usage, an example and the list of units.\n" +
        "Acceptance: the list comes from the factors file; the handoff names manual_file.",
      roles: ["writer"],
      parents: [1],
      work: [
        { tool: "write_file", args: { path: "README.md", content: manual } },
        {
          tool: "terminal",
          args: {
            command:
              'awk -F \'\\t\' \'{ print "- " $1 " (" $2 ")" }\' {{sh:factors_file}} > units.md && ' +
              "{ echo; cat units.md; } >> README.md && wc -l < units.md | tr -d ' '",
          },
        },
      ],
      summary: "README.md shows the call, an example and {{output}} units.",
      metadata: {
        changed_files: ["README.md", "units.md"],
        manual_file: "{{workspace}}/README.md",
      },
    },
  ],
  verdict: "The program works, its tests passed and its manual lists the units it knows.",
};
