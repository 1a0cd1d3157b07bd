// Owns: what the furnished office is about: its people, its work, and what came of it. Plain data.

/** Name, description and model of each profile. */
export const people: readonly [name: string, description: string, model: string][] = [
  ["researcher", "Finds facts, checks sources and writes them down with a link each.", "qwen3-32b"],
  ["writer", "Turns notes into pages people like to read.", "qwen3-32b"],
  ["backend-eng", "Builds servers, scripts and data pipelines, with tests.", "devstral-24b"],
  ["frontend-eng", "Builds pages that are quick, plain and usable by everybody.", "devstral-24b"],
  ["reviewer", "Reads what others made, runs it, and says what is missing.", "qwen3-32b"],
  ["ops", "Runs, measures and deploys things; keeps backups.", "gpt-oss-20b"],
];

/** An attempt that is over. Minutes. */
export interface Attempt {
  /** How long ago it began. */
  ago: number;
  took: number;
  /** Thousands of tokens, read and written. */
  tokens: readonly [given: number, got: number];
  ended: "completed" | "blocked" | "crash" | "time_out";
  said: string;
}

export interface Work {
  /** What other entries call it. */
  key: string;
  title: string;
  body?: string;
  assignee?: string;
  priority?: number;
  tenant?: string;
  skills?: readonly string[];
  parents?: readonly string[];
  triage?: boolean;
  /** Minutes since it was created. */
  ago: number;
  attempts?: readonly Attempt[];
  /** Is being worked on since so many minutes. */
  running?: number;
  comments?: readonly [author: string, text: string, ago: number][];
  /** It was split: these are its parts. */
  parts?: readonly string[];
}

const gauges = `## Goal

One table with the water levels of the **nine northern harbours**, hourly, for the year 2025.

## Approach

1. Download the yearly files of the waterways office.
2. Bring all of them to UTC and to metres above chart datum.
3. Write \`levels.csv\` and a note about every gap.

## Acceptance

- [x] every harbour has 8,760 rows
- [x] gaps longer than three hours are listed
- [ ] the script runs again without the network`;

const page = `Show today's high and low water for one harbour, and the next seven days as a curve.

- works without JavaScript, the curve is a plain SVG
- times in the harbour's own time zone
- readable at 360 px and by a screen reader

\`\`\`sh
deno task build && deno task serve --port 8080
\`\`\``;

export const work: readonly Work[] = [
  {
    key: "guide",
    title: "A tide guide for small boats",
    body: "Somebody in a dinghy wants to know when the harbour falls dry. One page per harbour.",
    ago: 190,
    tenant: "harbour",
    parts: ["levels", "sources", "curve", "page", "words", "check"],
    comments: [["mira", "Cuxhaven and Büsum first, please. The others can wait a week.", 150]],
  },
  {
    key: "levels",
    title: "Collect the water levels of nine harbours",
    body: gauges,
    assignee: "researcher",
    priority: 2,
    tenant: "harbour",
    ago: 186,
    skills: ["data-sources"],
    attempts: [
      { ago: 184, took: 12, tokens: [96, 8], ended: "crash", said: "worker exited with signal 9" },
      {
        ago: 170,
        took: 31,
        tokens: [241, 19],
        ended: "completed",
        said:
          "Wrote **levels.csv** with 78,840 rows for nine harbours. Three gaps are longer than " +
          "three hours; all are listed in `gaps.md`.",
      },
    ],
    comments: [
      ["researcher", "Büsum changed its datum in March; I shifted the rows before by 0.14 m.", 148],
      ["mira", "Good catch. Say so on the page as well.", 144],
    ],
  },
  {
    key: "sources",
    title: "Who may republish the tables? Read the licences",
    assignee: "researcher",
    tenant: "harbour",
    ago: 186,
    attempts: [{
      ago: 180,
      took: 9,
      tokens: [64, 5],
      ended: "completed",
      said: "All nine allow it with attribution; the line to print is in `licence.md`.",
    }],
  },
  {
    key: "curve",
    title: "Compute the curve between high and low water",
    assignee: "backend-eng",
    priority: 1,
    tenant: "harbour",
    ago: 186,
    parents: ["levels"],
    attempts: [{
      ago: 137,
      took: 44,
      tokens: [318, 41],
      ended: "completed",
      said: "`curve.ts` predicts within 4 cm of the measured levels; 31 tests pass.",
    }],
  },
  {
    key: "page",
    title: "Build the page of one harbour",
    body: page,
    assignee: "frontend-eng",
    priority: 2,
    tenant: "harbour",
    ago: 186,
    parents: ["curve", "sources"],
    skills: ["accessibility", "svg-charts"],
    attempts: [
      {
        ago: 91,
        took: 30,
        tokens: [207, 33],
        ended: "time_out",
        said: "",
      },
    ],
    running: 17,
    comments: [["mira", "The curve needs a mark for *now*.", 52]],
  },
  {
    key: "words",
    title: "Explain spring and neap tides in 200 words",
    assignee: "writer",
    tenant: "harbour",
    ago: 186,
    parents: ["sources"],
    attempts: [{
      ago: 168,
      took: 14,
      tokens: [58, 6],
      ended: "blocked",
      said: "Who reads this: people who sail already, or beginners?",
    }],
  },
  {
    key: "check",
    title: "Check the pages against the printed tables",
    assignee: "reviewer",
    tenant: "harbour",
    ago: 186,
    parents: ["page", "words"],
  },
  {
    key: "backup",
    title: "Nightly backup of the photo library to the second disk",
    assignee: "ops",
    priority: 1,
    tenant: "home",
    ago: 1560,
    attempts: [{
      ago: 1500,
      took: 22,
      tokens: [88, 9],
      ended: "completed",
      said: "412 GB in 3 h 10 min for the first run, 6 minutes a night since. Restoring was tried.",
    }],
  },
  {
    key: "invoices",
    title: "Match the October invoices with the bank statement",
    assignee: "backend-eng",
    tenant: "office",
    ago: 1490,
    attempts: [
      {
        ago: 1450,
        took: 18,
        tokens: [120, 12],
        ended: "completed",
        said: "118 of 121 match. The three that do not are in `open.csv`, with a guess for each.",
      },
    ],
  },
  {
    key: "newsletter",
    title: "Newsletter: what changed in the harbour this autumn",
    assignee: "writer",
    tenant: "harbour",
    ago: 700,
    attempts: [{
      ago: 640,
      took: 26,
      tokens: [140, 22],
      ended: "completed",
      said: "Two pages, six pictures, one map. Ready to be read by a person before it goes out.",
    }],
  },
  {
    key: "mirror",
    title: "Mirror the sensor archive",
    assignee: "ops",
    tenant: "harbour",
    ago: 320,
    attempts: [
      { ago: 300, took: 3, tokens: [20, 2], ended: "crash", said: "worker exited with status 137" },
      { ago: 290, took: 3, tokens: [21, 2], ended: "crash", said: "worker exited with status 137" },
      { ago: 280, took: 4, tokens: [22, 2], ended: "crash", said: "worker exited with status 137" },
    ],
  },
  {
    key: "alarm",
    title: "Warn by message when the surge is above two metres",
    assignee: "backend-eng",
    priority: 3,
    tenant: "harbour",
    ago: 95,
    running: 6,
    skills: ["data-sources"],
  },
  {
    key: "survey",
    title: "Ask twelve skippers what they look up first",
    assignee: "researcher",
    tenant: "harbour",
    ago: 80,
    running: 3,
  },
  {
    key: "press",
    title: "Translate the guide: Gezeitenkalender für Sportbootfahrer",
    assignee: "writer",
    tenant: "harbour",
    ago: 60,
  },
  { key: "dark", title: "A dark map style for night sailing", tenant: "harbour", ago: 55 },
  {
    key: "license",
    title: "Renew the certificate of the test server before it expires",
    assignee: "ops",
    priority: 2,
    tenant: "home",
    ago: 150,
  },
  {
    key: "idea",
    title: "Sort forty years of harbour photographs",
    body: "Four boxes of prints are scanned. People should find their boat.",
    triage: true,
    tenant: "harbour",
    ago: 40,
  },
  {
    key: "idea2",
    title: "Could the ferry timetable go on the same page?",
    triage: true,
    ago: 25,
  },
];

/** The plan that waits for a word: number of each task's parents in the list. */
export const plan = {
  idea: "idea",
  rationale: "Faces are nobody's business, boats are: sort by place, year and name on the hull.",
  tasks: [
    [
      "Read dates and places from the backs",
      "Every print's back, as text.",
      "researcher",
      "reviewer",
      [],
    ],
    ["Find the names on the hulls", "A name, or none, for each.", "backend-eng", "researcher", []],
    ["Agree on one name for every quay", "A list of 40 at most.", "writer", "researcher", [0]],
    ["A page to look for a boat", "By name, year or quay.", "frontend-eng", "backend-eng", [1, 2]],
    ["Try it with ten people of the club", "Note where they get lost.", "reviewer", null, [3]],
  ] as readonly [
    title: string,
    body: string,
    assignee: string,
    runnerUp: string | null,
    parents: readonly number[],
  ][],
};

/** A worker's log while it works. */
export const log = `hermes: working on task, run 12
> kanban_show
> read_file levels.csv (78,840 rows)
> write_file src/page.tsx
  Added the curve as one path element, 2.1 kB.
> terminal deno task test
  ok | 41 passed | 0 failed (3s)
> kanban_heartbeat "curve drawn, the mark for now is next"
> write_file src/now_mark.tsx
> terminal deno task build
  dist/cuxhaven.html  11.8 kB
`;

/** Finished some days ago: title, who, days, minutes it took, thousands of tokens. */
export const finished: readonly [string, string, number, number, number][] = [
  ["Compare three libraries for SVG charts", "researcher", 6, 24, 180],
  ["Move the sensors' database to the new host", "ops", 6, 41, 95],
  ["Read the feedback of the first test group", "researcher", 5, 17, 130],
  ["Write the imprint and the privacy page", "writer", 5, 12, 60],
  ["A parser for the waterways office's files", "backend-eng", 4, 52, 420],
  ["Review the parser", "reviewer", 4, 15, 110],
  ["Draw the sheet of symbols", "frontend-eng", 3, 38, 260],
  ["Measure how long the pages take on an old phone", "ops", 3, 9, 40],
  ["Fix the sunrise table at high latitudes", "backend-eng", 2, 27, 210],
  ["Proofread the harbour descriptions", "writer", 2, 19, 150],
  ["Check every picture's description", "reviewer", 2, 11, 90],
];
