// Owns: the proof that shells can ask what comes next, and that the answer comes from the board.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, programCommand, type World } from "../harness/program.ts";
import { registry } from "../../src/ops/registry.ts";
import { scripts } from "../../src/cli/completion/scripts.ts";
import { shells } from "../../src/cli/actions.ts";

/** What `__complete` answers: its first line, and the words before their explanations. */
async function ask(world: World, typed: string, ...words: string[]) {
  const { stdout, stderr } = await world.ok(["__complete", `=${typed}`, ...words]);
  assert.equal(stderr, "");
  const [kind, ...lines] = stdout.trimEnd().split("\n");
  return { kind, lines, values: lines.map((line) => line.split("\t")[0]!) };
}

Deno.test("completion offers every verb of the registry, each with its summary", () =>
  inWorld(async (world) => {
    const { values, lines } = await ask(world, "", "kanban");
    const verbs = registry.filter(({ group }) => group === "kanban").map(({ verb }) => verb);
    for (const verb of [...verbs, "boards"]) assert.ok(values.includes(verb), verb);
    assert.ok(lines.every((line) => /^\S+\t\S/.test(line)), "each is explained");
    assert.deepEqual((await ask(world, "comp", "kanban")).values, ["complete"]);
    assert.deepEqual((await ask(world, "sw", "kanban", "boards")).values, ["switch"]);
    assert.ok((await ask(world, "")).values.includes("completion"));
    await assert.rejects(Deno.stat(world.home), Deno.errors.NotFound, "asking makes no home");
  }));

Deno.test("completion knows options, their choices, and what a value may be", () =>
  inWorld(async (world) => {
    assert.deepEqual((await ask(world, "--sta", "kanban", "list")).values, ["--status"]);
    assert.deepEqual((await ask(world, "re", "kanban", "list", "--status")).values, ["ready"]);
    assert.deepEqual((await ask(world, "--status=re", "kanban", "list")).values, [
      "--status=ready",
    ]);
    assert.deepEqual((await ask(world, "", "completion")).values, [...shells]);
    assert.deepEqual((await ask(world, "b", "kanban", "move", "t_1")).values, ["blocked"]);
    assert.deepEqual((await ask(world, "created,completed", "kanban", "watch", "--kinds")).values, [
      "created,completed",
    ]);
    assert.equal((await ask(world, "", "kanban", "attach", "t_1")).kind, ":files");
    const at = await ask(world, "dir:/t", "kanban", "create", "x", "--workspace");
    assert.equal(at.kind, ":folders");
    assert.deepEqual(await ask(world, "", "kanban", "nosuchverb"), {
      kind: "",
      lines: [],
      values: [],
    });
    assert.deepEqual((await ask(world, "", "kanban", "comment", "t_1", "--")).values, []);
  }));

Deno.test("completion names the tasks, profiles and boards of the place that was named", () =>
  inWorld(async (world) => {
    const { id } = await world.json(["kanban", "create", "Write\tthe \u001b[31mnotes\nnow"]);
    const gone = await world.json(["kanban", "create", "gone"]);
    await world.ok(["kanban", "archive", gone.id]);
    await world.ok(["kanban", "boards", "create", "site", "--name", "Web site"]);
    const { id: other } = await world.json(["kanban", "create", "elsewhere", "--board", "site"]);
    await world.ok(["profile", "create", "writer"]);

    assert.deepEqual((await ask(world, "", "kanban", "show")).lines, [
      `${id}\tready: Write the notes now`,
    ]);
    assert.deepEqual((await ask(world, id.slice(0, 6), "kanban", "complete", "t_x")).values, [id]);
    assert.deepEqual((await ask(world, "t_x", "kanban", "show")).values, []);
    assert.deepEqual((await ask(world, "", "kanban", "--board", "site", "show")).values, [other]);
    assert.deepEqual((await ask(world, "", "kanban", "show", "--board=site")).values, [other]);
    assert.deepEqual((await ask(world, "s", "kanban", "--board")).lines, ["site\tWeb site"]);
    assert.deepEqual((await ask(world, "no", "kanban", "assign", id)).values, ["none"]);
    const { id: strange } = await world.json(["kanban", "create", "x", "--assignee", "wizard"]);
    await world.ok(["kanban", "archive", strange]);
    await world.json(["kanban", "create", "y", "--triage", "--assignee", "wanderer"]);
    assert.deepEqual((await ask(world, "", "kanban", "list", "--assignee")).lines.slice(1), [
      "writer\t",
      "wanderer\thas no profile",
      "none\tnobody",
    ]);
    assert.deepEqual((await ask(world, "w", "-p")).values, ["writer"], "only one that exists");
    assert.deepEqual((await ask(world, "w", "profile", "show")).values, ["writer"]);
    assert.deepEqual((await ask(world, "w", "profile", "create")).values, []);
    assert.deepEqual((await ask(world, "", "kanban", "show", "--board", "../x")).values, []);
  }));

Deno.test("each shell has a script that asks hermes and that hermes prints", () =>
  inWorld(async ({ ok, run }) => {
    assert.deepEqual(Object.keys(scripts).sort(), [...shells].sort());
    for (const shell of shells) {
      const { stdout } = await ok(["completion", shell]);
      assert.equal(stdout, scripts[shell]);
      assert.match(stdout, /__complete ["']=/, shell);
      for (const kind of ["words", "files"]) {
        if (shell !== "powershell") assert.ok(stdout.includes(`:${kind}`), `${shell} :${kind}`);
      }
    }
    const unknown = await run(["completion", "tcsh"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /bash, zsh, fish, powershell/);
  }));

/** A folder with a `hermes` that bash finds. */
async function installed(folder: string): Promise<string> {
  const words = programCommand().map((word) => `'${word}'`).join(" ");
  await Deno.writeTextFile(join(folder, "hermes"), `#!/bin/sh\nexec ${words} "$@"\n`, {
    mode: 0o755,
  });
  return folder;
}

/** What bash would offer with the cursor at the end of a line; its words are split as bash does. */
async function offeredByBash(world: World, bin: string, line: string, listing = false) {
  const words = line.split(/(?<=[=:])|(?=[=:])|\s+/);
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const type = listing ? 63 : 9;
  const script = `
    source <(hermes completion bash)
    COMP_LINE='${line}' COMP_POINT=${line.length} COMP_TYPE=${type}
    COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}
    _hermes hermes
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["--norc", "-c", script],
    cwd: bin,
    env: { PATH: `${bin}:${Deno.env.get("PATH")}`, HERMES_HOME: world.home, HOME: bin },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}

Deno.test("bash completes commands, ids, values behind = and paths with the script", () =>
  inWorld(async (world) => {
    const bin = await installed(await Deno.makeTempDir({ prefix: "hermes-bash" }));
    try {
      const { id } = await world.json(["kanban", "create", "Write; rm -rf $(notes)"]);
      await world.json(["kanban", "create", "second"]);
      const offers = (line: string, listing?: boolean) => offeredByBash(world, bin, line, listing);
      assert.deepEqual(await offers("hermes kanb"), ["kanban"]);
      assert.deepEqual(await offers("hermes kanban unb"), ["unblock"]);
      assert.deepEqual(await offers(`hermes kanban show ${id.slice(0, 7)}`), [id]);
      assert.deepEqual(await offers("hermes kanban list --status=rea"), ["ready"]);
      assert.deepEqual(await offers("hermes kanban list --status="), [
        ..."triage todo ready running blocked done archived".split(" "),
      ]);
      assert.deepEqual(await offers("hermes kanban create x --workspace wor"), [
        "worktree",
        "worktree:",
      ]);
      assert.deepEqual(await offers("hermes kanban attach t_1 her"), ["hermes"]);
      await Deno.mkdir(join(bin, "notes"));
      assert.deepEqual(await offers("hermes kanban create x --workspace=dir:no"), ["notes"]);
      const listed = await offers("hermes kanban show ", true);
      assert.ok(listed.includes(`${id}  (ready: Write; rm -rf $(notes))`), listed.join("\n"));
    } finally {
      await Deno.remove(bin, { recursive: true });
    }
  }));

/** What a command printed; null where it is not installed. */
async function printedBy(program: string, args: string[], env: Record<string, string>) {
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return null;
    throw thrown;
  }
}

Deno.test("bash reads its script without complaint, and so do zsh and fish where they are installed", () =>
  inWorld(async (world) => {
    const bin = await installed(await Deno.makeTempDir({ prefix: "hermes-shells" }));
    try {
      const { id } = await world.json(["kanban", "create", "Write the notes"]);
      const env = {
        PATH: `${bin}:${Deno.env.get("PATH")}`,
        HERMES_HOME: world.home,
        HOME: bin,
      };
      for (const [shell, script] of Object.entries(scripts)) {
        await Deno.writeTextFile(join(bin, `${shell}.script`), script);
      }
      await printedBy("zsh", ["-n", join(bin, "zsh.script")], env);
      await printedBy("bash", ["-n", join(bin, "bash.script")], env);
      const ask = `source ${join(bin, "fish.script")}; complete -C 'hermes kanban show '`;
      const offered = await printedBy("fish", ["--no-config", "-c", ask], env);
      if (offered !== null) assert.equal(offered, `${id}\tready: Write the notes\n`);
    } finally {
      await Deno.remove(bin, { recursive: true });
    }
  }));

Deno.test("completion names skills, templates and the profiles that may plan", () =>
  inWorld(async (world) => {
    await world.ok(["profile", "create", "ada"]);
    const folder = `${world.home}/profiles/ada/skills/tides`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}/SKILL.md`, "---\ndescription: Tide tables\n---\nRead.\n");
    const shown = await ask(world, "ti", "-p", "ada", "skills", "show");
    assert.deepEqual(shown.lines, ["tides\tTide tables"]);
    assert.deepEqual((await ask(world, "ti", "skills", "show")).values, [], "it is ada's");
    const own = ["kanban-worker"];
    assert.deepEqual((await ask(world, "kanban-w", "kanban", "create", "--skill")).values, own);
    assert.equal((await ask(world, "", "skills", "install")).kind, ":folders");
    assert.deepEqual((await ask(world, "re", "profile", "install")).values, [
      "researcher",
      "reviewer",
    ]);
    const plan = ["kanban", "set-orchestration", "--orchestrator"];
    assert.deepEqual((await ask(world, "a", ...plan)).values, ["ada"]);
    assert.deepEqual((await ask(world, "a", "profile", "use")).values, ["ada"]);
  }));
