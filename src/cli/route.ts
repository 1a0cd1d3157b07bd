// Owns: finding out which command a command line means, before anything is loaded for it.

/** Options before or beside the words that are followed by a value. */
const valued: ReadonlySet<string> = new Set([
  "-p",
  "--profile",
  "--skills",
  "--board",
  "-q",
  "--query",
]);

/** The words of a command line that name a command, and what it asks for besides. */
export interface Route {
  /** A group of operations, or another first word. */
  group: string | undefined;
  verb: string | undefined;
  /** Help on what the words name. */
  help: boolean;
  version: boolean;
  json: boolean;
  /** Place in `argv` behind the words that name the command. */
  behind: number;
  /** The command line with a `help` word turned into a flag. */
  argv: string[];
}

/** Reads a command line as far as needed to know what to load. */
export function route(given: readonly string[]): Route {
  const argv = [...given];
  const at: number[] = [];
  let help = false;
  let version = false;
  let json = false;
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--") break;
    if (word === "-h" || word === "--help") help = true;
    else if ((word === "--version" || word === "-V") && at.length === 0) version = true;
    else if (word === "--json") json = true;
    else if (valued.has(word)) index++;
    else if (!word.startsWith("-") && at.length < (innerGroup(argv, at) ? 3 : 2)) {
      // `hermes help kanban` and `hermes kanban help list` mean `hermes kanban list --help`.
      if (word === "help") {
        help = true;
        argv.splice(index--, 1);
      } else at.push(index);
    }
  }
  if (help && !argv.includes("-h") && !argv.includes("--help")) argv.push("--help");
  const words = at.map((index) => argv[index]);
  const inner = innerGroup(argv, at);
  const [group, verb] = inner ? [inner, words[2]] : words;
  return {
    group,
    verb,
    help,
    version,
    json,
    behind: (at.at(-1) ?? -1) + 1,
    argv,
  };
}

/** Words that name a group inside of `kanban`. */
const innerWords: ReadonlySet<string> = new Set(["boards", "plan"]);

/** The group inside of another that the words found so far name. */
function innerGroup(argv: readonly string[], at: readonly number[]): string | undefined {
  const [first, second] = [argv[at[0] ?? -1], argv[at[1] ?? -1]];
  return first === "kanban" && second !== undefined && innerWords.has(second)
    ? `kanban ${second}`
    : undefined;
}
