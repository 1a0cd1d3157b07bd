// Owns: proof of what `worker:` may say, and that whatever else it says is told by its key.

import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "yaml";
import { HermesError } from "../../src/base/errors.ts";
import { builtinManifests } from "../../src/lanes/builtin.ts";
import { LaneBook, profileLane } from "../../src/lanes/profile_lane.ts";
import { laneNames, readLane } from "../../src/lanes/read_lane.ts";

const file = "profile.yaml";

function refusal(worker: unknown): string {
  try {
    readLane(worker, file);
  } catch (thrown) {
    assert.ok(thrown instanceof HermesError);
    assert.equal(thrown.code, "config");
    assert.ok(thrown.remedy);
    return thrown.message;
  }
  assert.fail("it was accepted");
}

Deno.test("readLane: nothing and builtin are the agent inside hermes", () => {
  for (const worker of [undefined, null, "builtin", { lane: "builtin" }]) {
    assert.equal(readLane(worker, file), null);
  }
});

Deno.test("readLane: every built-in manifest is a lane by its name alone, the shell with a script", () => {
  for (const name of Object.keys(builtinManifests)) {
    const lane = readLane(name === "shell" ? { lane: name, script: "true" } : name, file);
    assert.equal(lane?.name, name);
    assert.equal(lane.on_success, name === "shell" ? "complete" : "protocol_violation");
    assert.equal(lane.nudges, name === "shell" ? 0 : 2);
  }
  assert.deepEqual(laneNames, ["builtin", "claude", "codex", "gemini", "opencode", "shell"]);
});

Deno.test("readLane: changes go into the lane key by key, lists are replaced", () => {
  const lane = readLane({
    lane: "claude",
    args: ["-p"],
    extra_args: ["--max-turns", "30"],
    env: { A: "{task}" },
    output: { cost_usd: [] },
    stop: { grace_seconds: 9 },
    nudges: 1,
    mcp: null,
  }, file)!;
  assert.deepEqual([lane.mcp, lane.on_success], [undefined, "complete"]);
  assert.deepEqual(lane.args, ["-p"]);
  assert.deepEqual(lane.extra_args, ["--max-turns", "30"]);
  assert.deepEqual(lane.env, { A: "{task}" });
  assert.deepEqual(lane.output.cost_usd, []);
  assert.equal(lane.output.session.length, 1);
  assert.deepEqual(lane.stop, { signal: "SIGINT", grace_seconds: 9 });
  assert.equal(lane.nudges, 1);
});

const refused: [string, unknown, RegExp][] = [
  ["a number", 7, /"worker" in profile\.yaml: expected the name of a lane, or keys/],
  ["a list", ["claude"], /"worker" in/],
  ["an unknown name", "cluade", /"worker" in .*no lane "cluade"; did you mean "claude"\?/],
  ["an unknown lane", { lane: "zzz" }, /"worker\.lane" in .*no lane "zzz"/],
  ["a lane that is no name", { lane: 3 }, /"worker\.lane" in/],
  ["no command", { args: [] }, /"worker\.command" in .*missing/],
  ["an empty command", { command: [] }, /"worker\.command" in/],
  ["a misspelt key", { lane: "claude", comand: "x" }, /"worker\.comand" in .*no such key/],
  ["a misspelt key inside", { command: "x", stop: { sig: 1 } }, /"worker\.stop\.sig" in/],
  ["an unknown prompt", { command: "x", prompt: "mail" }, /"worker\.prompt" in/],
  ["an unknown signal", { command: "x", stop: { signal: "SIGKILL" } }, /"worker\.stop\.signal"/],
  [
    "a broken pattern",
    { command: "x", output: { final: { pattern: "(" } } },
    /"worker\.output\.final/,
  ],
  ["a rule of nothing", { command: "x", output: { final: {} } }, /"worker\.output\.final/],
  [
    "an unknown placeholder",
    { command: "x", args: ["{promt}"] },
    /no placeholder \{promt\}; there are/,
  ],
  ["an unknown one in env", { command: "x", env: { A: "{x}" } }, /"worker\.env\.A" in .*\{x\}/],
  ["a shell without script", "shell", /"worker\.script" in .*missing/],
  ["an argument prompt unused", { command: "x", prompt: "argument" }, /\{prompt\} is missing/],
  ["a file prompt unused", { command: "x", prompt: "file" }, /\{prompt_file\} is missing/],
  ["too many reminders", { command: "x", nudges: 3 }, /"worker\.nudges" in/],
  ["changes to builtin", { lane: "builtin", args: [] }, /"worker\.args" in .*config\.yaml/],
  ["a name beside a lane", { lane: "claude", name: "x" }, /"worker\.name" in/],
  ["a bad name", { command: "x", name: "My Tool" }, /"worker\.name" in/],
  ["a prototype's name", "constructor", /no lane "constructor"/],
];
for (const [what, worker, message] of refused) {
  Deno.test(`readLane: refused with its key: ${what}`, () => {
    assert.match(refusal(worker), message);
  });
}

/** Runs `body` in an installation with one profile. */
async function inRoot(
  files: Record<string, string>,
  body: (root: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "profiles", "ada"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(root, name), text);
    }
    await body(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function nameOf(root: string, profile = "ada"): Promise<string> {
  const lane = await profileLane(root, profile);
  return lane.ok ? lane.name : lane.error.message;
}

Deno.test("profileLane: profile.yaml goes before the profile's config.yaml, that before the shared one", async () => {
  await inRoot({}, async (root) => assert.equal(await nameOf(root), "builtin"));
  const shared = { "config.yaml": "worker: claude\n" };
  await inRoot(shared, async (root) => {
    assert.equal(await nameOf(root), "claude");
    assert.equal(await nameOf(root, "default"), "claude");
  });
  const own = { ...shared, "profiles/ada/config.yaml": "worker: codex\n" };
  await inRoot(own, async (root) => assert.equal(await nameOf(root), "codex"));
  const card = { ...own, "profiles/ada/profile.yaml": "description: x\nworker: builtin\n" };
  await inRoot(card, async (root) => assert.equal(await nameOf(root), "builtin"));
});

Deno.test("profileLane: a file that speaks of a worker and is no YAML is told; one that does not is left alone", async () => {
  const broken = { "profiles/ada/profile.yaml": "worker: [claude\n" };
  await inRoot(
    broken,
    async (root) => assert.match(await nameOf(root), /Cannot read config .*line/),
  );
  const silent = { "profiles/ada/profile.yaml": "description: [\n" };
  await inRoot(silent, async (root) => assert.equal(await nameOf(root), "builtin"));
});

Deno.test("LaneBook: an edited file counts at once", () =>
  inRoot({ "profiles/ada/profile.yaml": "worker: claude\n" }, async (root) => {
    const book = new LaneBook(root);
    const name = async () => {
      const lane = await book.of("ada");
      return lane.ok && lane.name;
    };
    assert.equal(await name(), "claude");
    await Deno.writeTextFile(join(root, "profiles/ada/profile.yaml"), "worker: gemini\n");
    assert.equal(await name(), "gemini");
    await Deno.remove(join(root, "profiles/ada/profile.yaml"));
    assert.equal(await name(), "builtin");
  }));

Deno.test("readLane: every example of docs/lanes.md is one", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/lanes.md", import.meta.url));
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => parse(yaml!));
  const names = examples.map(({ worker }) => readLane(worker, "docs/lanes.md")?.name);
  assert.deepEqual(names, ["claude", "claude", "shell", "mytool"]);
});
