// Owns: tests of how a worker is started: command line, environment, folder, log, process.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { hostName } from "../../src/platform/process.ts";
import { inWorld, lives, until, type World } from "./world.ts";

/** Writes down what a worker was given, then stays. */
const recording = `printf '%s\\0' "$@" > argv
env -0 > env
pwd -P > cwd
readlink /proc/self/fd/0 > stdin
echo "out $HERMES_KANBAN_RUN_ID"
echo "err $HERMES_KANBAN_RUN_ID" >&2
echo $$ > pid
exec sleep 600`;

/** The NUL-separated parts a worker wrote into a file. */
async function recorded(world: World, id: string, name: string): Promise<string[]> {
  await world.pidIn(id, "pid");
  return (await Deno.readTextFile(world.file(id, name))).split("\0").slice(0, -1);
}

async function environment(world: World, id: string): Promise<Record<string, string>> {
  const entries = (await recorded(world, id, "env")).map((entry): [string, string] => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  // The shell itself sets these for what it starts.
  const own = new Set(["_", "PWD", "OLDPWD", "SHLVL"]);
  return Object.fromEntries(entries.filter(([name]) => !own.has(name)));
}

/** Makes a skill that every profile has. */
async function addSkill(world: { home: string }, name: string): Promise<void> {
  const folder = join(world.home, "skills", name);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "SKILL.md"), `---\nname: ${name}\n---\nDo it.\n`);
}

Deno.test("S-093 a worker's arguments are its profile, its skills once each, and its task", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    for (const skill of ["git", "two words"]) await addSkill(world, skill);
    const id = await world.add({ skills: ["kanban-worker", "git", "two words", "git"] });
    const result = await world.dispatch();
    assert.deepEqual(result.spawned, [{
      task_id: id,
      assignee: "ada",
      workspace: join(world.deps.paths.workspacesRoot, id),
    }]);
    assert.deepEqual(await recorded(world, id, "argv"), [
      ...["-p", "ada"],
      ...["--skills", "kanban-worker", "--skills", "git", "--skills", "two words"],
      ...["chat", "-q", `work kanban task ${id}`],
    ]);
  }));

Deno.test("R-22 the root of a decomposition also gets the orchestrator's skill", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    await addSkill(world, "git");
    const id = await world.add({ triage: true, skills: ["git"] });
    await world.do(id, { type: "decompose", assignee: "bob", childIds: ["t_gone"] });
    await world.dispatch();
    assert.deepEqual((await recorded(world, id, "argv")).slice(0, 8), [
      ...["-p", "bob"],
      ...["--skills", "kanban-worker", "--skills", "kanban-orchestrator", "--skills", "git"],
    ]);
  }));

Deno.test("S-213 S-096 a skill the profile lacks is a spawn failure that says what to do", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    await addSkill(world, "tides");
    const id = await world.add({ skills: ["tidse"] });
    const far = await world.add({ skills: ["archaeology"] });
    await world.dispatch();
    const errorOf = async (task: string) => (await world.task(task)).last_failure_error;
    assert.equal((await world.task(id)).status, "ready");
    assert.equal(
      await errorOf(id),
      'Cannot load skill "tidse": profile "ada" has none. Did you mean "tides"?',
    );
    assert.match(String(await errorOf(far)), /Install it with: hermes -p ada skills install/);
    await addSkill(world, "tidse");
    await world.dispatch();
    assert.equal((await world.task(id)).status, "running");
  }));

Deno.test("a worker inherits what the machine needs and its own profile's secrets, nobody else's", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    const inherited = world.deps.environment();
    const secrets = {
      OPENAI_API_KEY: "sk-gateway",
      GITHUB_TOKEN: "gh-gateway",
      SLACK_TOKEN: "slack-gateway",
      DATABASE_URL: "postgres://u:p@db/x",
      HERMES_DASHBOARD_TOKEN: "dash",
      SSH_AUTH_SOCK: "/run/agent",
    };
    const harmless = { JAVA_HOME: "/jdk", LC_TIME: "C", HTTPS_PROXY: "http://proxy" };
    world.deps.environment = () => ({ ...inherited, ...secrets, ...harmless });
    const files = {
      ".env": "SHARED=all\nOWN=root\nHERMES_KANBAN_DB=/elsewhere\n",
      "profiles/ada/config.yaml": "model: {provider: openai, default: m}\n",
      "profiles/ada/.env": "OWN='of ada'\nADA_TOKEN=secret-of-ada\n",
      "profiles/bob/config.yaml": "env_passthrough: [GITHUB_TOKEN]\n",
      "profiles/bob/.env": "OPENAI_API_KEY=sk-of-bob\n",
    };
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(join(world.home, dirname(name)), { recursive: true });
      await Deno.writeTextFile(join(world.home, name), text);
    }
    const [ada, bob] = [await world.add(), await world.add({ assignee: "bob" })];
    await world.dispatch();
    const get = async (task: string) => {
      const env = await environment(world, task);
      const names = ["SHARED", "OWN", "ADA_TOKEN", ...Object.keys({ ...secrets, ...harmless })];
      assert.equal(env["HERMES_KANBAN_DB"], world.deps.paths.db);
      return Object.fromEntries(names.flatMap((name) => name in env ? [[name, env[name]]] : []));
    };
    const ofAda = { OWN: "of ada", ADA_TOKEN: "secret-of-ada", OPENAI_API_KEY: "sk-gateway" };
    const ofBob = { OWN: "root", OPENAI_API_KEY: "sk-of-bob", GITHUB_TOKEN: "gh-gateway" };
    assert.deepEqual(await get(ada), { SHARED: "all", ...ofAda, ...harmless });
    assert.deepEqual(await get(bob), { SHARED: "all", ...ofBob, ...harmless });
  }));

Deno.test("S-094 U-009 U-034 U-042 a worker's environment holds its own run and nothing of another", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    const inherited = world.deps.environment();
    world.deps.environment = () => ({
      ...inherited,
      EDITOR: "ed",
      PWD: "/gateway",
      HERMES_KANBAN_TASK: "t_other",
      HERMES_KANBAN_RUN_ID: "99",
      HERMES_KANBAN_WORKSPACE: "/other",
      HERMES_KANBAN_BRANCH: "wt/t_other",
      HERMES_KANBAN_CLAIM_LOCK: "other:1",
      HERMES_KANBAN_BOARD: "other",
      HERMES_KANBAN_DB: "/other/kanban.db",
      HERMES_KANBAN_ATTACHMENTS_ROOT: "/other/attachments",
      HERMES_TENANT: "other",
      HERMES_PROFILE: "other",
      HERMES_HOME: "/other/profiles/other",
      HERMES_RUN_MARKER: "other",
      TERMINAL_TIMEOUT: "1",
    });
    const rich = await world.add({ tenant: "acme\ncorp", maxRuntimeSeconds: 100 });
    const plain = await world.add();
    await world.dispatch();

    const { paths, self } = world.deps;
    const common = (id: string, run: number) => ({
      ...inherited,
      EDITOR: "ed",
      HERMES_HOME: world.home,
      HERMES_KANBAN_HOME: world.home,
      HERMES_KANBAN_BOARD: "default",
      HERMES_KANBAN_DB: paths.db,
      HERMES_KANBAN_WORKSPACES_ROOT: paths.workspacesRoot,
      HERMES_KANBAN_ATTACHMENTS_ROOT: paths.attachmentsRoot,
      HERMES_KANBAN_TASK: id,
      HERMES_KANBAN_RUN_ID: String(run),
      HERMES_KANBAN_WORKSPACE: join(paths.workspacesRoot, id),
      HERMES_KANBAN_CLAIM_LOCK: `${hostName()}:${self.pid}`,
      HERMES_PROFILE: "ada",
      HERMES_RUN_MARKER: `hermes:${paths.db}:${run}`,
      TERMINAL_CWD: join(paths.workspacesRoot, id),
    });
    const richRun = (await world.run(rich)).id;
    assert.deepEqual(await environment(world, rich), {
      ...common(rich, richRun),
      HERMES_TENANT: "acme\ncorp",
      TERMINAL_TIMEOUT: "70",
    });
    const plainRun = (await world.run(plain)).id;
    assert.deepEqual(await environment(world, plain), common(plain, plainRun));
  }));

Deno.test("P-019 a worker is not told that it stands in the gateway's folder", () =>
  inWorld(async (world) => {
    const inherited = world.deps.environment();
    world.deps.environment = () => ({ ...inherited, PWD: "/gateway", OLDPWD: "/before" });
    // Not a shell: that would set the variables itself.
    const id = await world.add();
    world.settings.command = [
      Deno.execPath(),
      "eval",
      "console.log(Deno.env.get('PWD'), Deno.env.get('OLDPWD'))",
      "--",
    ];
    await world.dispatch();
    await world.exited(id);
    assert.match(await Deno.readTextFile(world.log(id)), /^undefined undefined$/m);
  }));

Deno.test("S-095 S-080 S-110 a worker stands in its workspace, without input, in a session of its own", () =>
  inWorld(async (world) => {
    world.workersRun(recording);
    const id = await world.add();
    await world.dispatch();
    const pid = await world.pidIn(id, "pid");
    const workspace = join(world.deps.paths.workspacesRoot, id);

    assert.equal(await Deno.readTextFile(world.file(id, "cwd")), `${workspace}\n`);
    assert.equal(await Deno.readTextFile(world.file(id, "stdin")), "/dev/null\n");
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
    assert.deepEqual([group, session], [pid, pid]);

    const task = await world.task(id);
    const run = await world.run(id);
    assert.equal(task.workspace_path, workspace);
    assert.equal(task.worker_pid, pid);
    assert.equal(run.worker_pid, pid);
    assert.ok(run.worker_start && run.worker_boot, "the run records who the process is");
    const [spawned] = await world.events(id, "spawned");
    assert.deepEqual([spawned?.run_id, spawned?.payload], [run.id, { pid }]);
  }));

Deno.test("S-095 all attempts append their output and their errors to one log", () =>
  inWorld(async (world) => {
    world.workersRun(
      `echo "out $HERMES_KANBAN_RUN_ID"; echo "err $HERMES_KANBAN_RUN_ID" >&2; exit 3`,
    );
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    await world.dispatch();
    await world.exited(id);
    const [first, second] = await world.runs(id);
    assert.equal(
      await Deno.readTextFile(world.log(id)),
      [first, second].map((run) => `out ${run?.id}\nerr ${run?.id}\n`).join(""),
    );
  }));

Deno.test("S-103 a log that has grown too long is rotated before the next attempt, one generation kept", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await Deno.mkdir(world.deps.paths.logsRoot, { recursive: true });
    await Deno.writeTextFile(world.log(id), "x".repeat(1025));
    await Deno.writeTextFile(`${world.log(id)}.1`, "the oldest");
    world.workersRun("echo new");
    await world.dispatch();
    await world.exited(id);
    assert.equal(await Deno.readTextFile(`${world.log(id)}.1`), "x".repeat(1025));
    assert.equal(await Deno.readTextFile(world.log(id)), "new\n");
  }, { worker_log_rotate_bytes: 1024 }));

Deno.test("S-103 a log at the limit goes on", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await Deno.mkdir(world.deps.paths.logsRoot, { recursive: true });
    await Deno.writeTextFile(world.log(id), "x".repeat(1024));
    world.workersRun("echo new");
    await world.dispatch();
    await world.exited(id);
    assert.equal(await Deno.readTextFile(world.log(id)), `${"x".repeat(1024)}new\n`);
  }, { worker_log_rotate_bytes: 1024 }));

Deno.test("S-107 a worker of a dir task stands in that folder, which is created when missing", () =>
  inWorld(async (world) => {
    const dir = join(world.home, "some ünusual", "dir");
    world.workersRun("pwd -P > cwd; echo $$ > pid");
    const id = await world.add({ workspaceKind: "dir", workspacePath: dir });
    const { spawned } = await world.dispatch();
    assert.equal(spawned[0]?.workspace, dir);
    await until("the worker says where it is", async () => {
      return await Deno.readTextFile(join(dir, "cwd")).catch(() => "") === `${dir}\n`;
    });
    assert.equal((await world.task(id)).workspace_path, dir);
  }));

Deno.test("R-20 S-110 U-009 a worktree task gets a worktree and a branch of its own", () =>
  inWorld(async (world) => {
    const repository = join(world.home, "repo");
    await Deno.mkdir(repository);
    await git(repository, "init", "-q");
    await git(repository, "commit", "-q", "--allow-empty", "-m", "first");
    world.workersRun('echo "$HERMES_KANBAN_BRANCH" > branch; echo $$ > pid');
    const id = await world.add({ workspaceKind: "worktree", workspacePath: repository });
    const { spawned } = await world.dispatch();
    const worktree = join(repository, ".worktrees", id);
    assert.equal(spawned[0]?.workspace, worktree);
    const branch = await until("the worker names its branch", async () => {
      const text = await Deno.readTextFile(join(worktree, "branch")).catch(() => "");
      return text.endsWith("\n") && text;
    });
    assert.equal(branch, `wt/${id}\n`);
    const task = await world.task(id);
    assert.deepEqual([task.workspace_path, task.branch_name], [worktree, `wt/${id}`]);
  }));

Deno.test("S-091 a dry run prints the plan and changes nothing", () =>
  inWorld(async (world) => {
    const id = await world.add();
    const parent = await world.add({ assignee: "carol" });
    await world.complete(parent);
    const child = await world.add({ todo: true, parents: [parent] });
    const nobody = await world.add({ assignee: null });
    const before = await everything(world);
    const result = await world.dispatch({ dryRun: true });
    assert.deepEqual(result.spawned, [
      { task_id: id, assignee: "ada", workspace: null },
      { task_id: child, assignee: "ada", workspace: null },
    ]);
    assert.equal(result.promoted, 1);
    assert.equal(result.dry_run, true);
    assert.deepEqual(result.skipped_unassigned, [nobody]);
    assert.deepEqual(await everything(world), before);
  }));

Deno.test("S-092 S-090 P-015 one call starts at most --max workers and says what it left out", () =>
  inWorld(async (world) => {
    const ids = [await world.add({ priority: 2 }), await world.add({ priority: 1 })];
    const human = await world.add({ assignee: "carol" });
    const nobody = await world.add({ assignee: null });
    const result = await world.dispatch({ maxSpawns: 1 });
    assert.deepEqual(result.spawned.map((spawn) => spawn.task_id), [ids[0]]);
    assert.equal(result.skipped_capped, 1);
    assert.deepEqual(result.skipped_nonspawnable, [human]);
    assert.deepEqual(result.skipped_unassigned, [nobody]);
    for (const id of [human, nobody]) assert.deepEqual(await world.runs(id), []);
  }));

Deno.test("S-095 a worker outlives the pass that started it", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    const { worker_pid } = await world.run(id);
    assert.ok(lives(worker_pid!));
    const again = await world.dispatch();
    assert.deepEqual(again.spawned, []);
    assert.ok(lives(worker_pid!));
  }));

function everything(world: World): Promise<unknown[]> {
  const tables = ["tasks", "task_runs", "task_events", "board_cursors"];
  return Promise.all(tables.map((table) => world.rows(`SELECT * FROM ${table}`)));
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  const { success, stderr } = await new Deno.Command("git", { args: [...identity, ...args], cwd })
    .output();
  assert.ok(success, new TextDecoder().decode(stderr));
}
