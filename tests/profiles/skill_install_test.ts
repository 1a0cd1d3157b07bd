// Owns: the proof of what may be installed as a skill, and that it is installed whole or not at all.

import assert from "node:assert/strict";
import { join } from "node:path";
import { checkSkillText, readSkillText } from "../../src/profiles/skill_file.ts";
import { installSkill, skillsIn } from "../../src/profiles/skill_install.ts";
import { put, withRoot } from "./temp_root.ts";

const good = "---\nname: tides\ndescription: How to read tide tables\nversion: 1.2\n---\n\nRead.\n";

Deno.test("checkSkillText() accepts front matter with a name and a description, also on several lines", async () => {
  assert.deepEqual(await checkSkillText(good, "x"), {
    name: "tides",
    description: "How to read tide tables",
    version: "1.2",
    body: "Read.",
  });
  const long = good.replace("How to", ">-\n  How\n  to");
  assert.equal((await checkSkillText(long, "x")).description, "How to read tide tables");
  assert.equal(readSkillText(long).description, "How to read tide tables");
  const windows = `\uFEFF${good.replaceAll("\n", "\r\n")}`;
  assert.equal((await checkSkillText(windows, "x")).name, "tides");
});

Deno.test("checkSkillText() says what does not fit", async () => {
  const cases: [string, RegExp][] = [
    ["Read.\n", /no front matter/],
    ["---\nname: a\nRead.\n", /no front matter/],
    [good.replace("name: tides\n", ""), /has no name/],
    [good.replace("tides", "../tides"), /name "\.\.\/tides" is malformed/],
    [good.replace("tides", "Tides"), /malformed/],
    [good.replace("tides", "t".repeat(65)), /malformed/],
    [good.replace("name: tides", "name: [tides]"), /has no name/],
    [good.replace(/description.*\n/, ""), /no description/],
    [good.replace("How to", "How".repeat(400)), /longer than 1024/],
    [good.replace("Read.", " "), /no text/],
    [good.replace("name: tides", "name: {tides"), /no YAML/],
    [good + "x".repeat(256 * 1024), /larger than 256 KB/],
  ];
  for (const [text, message] of cases) await assert.rejects(checkSkillText(text, "x"), message);
});

Deno.test("skillsIn() finds the skill a folder is, else those below it, and no others", () =>
  withRoot(async ({ root }) => {
    await put(root, "repo/a/b/one/SKILL.md", good.replace("tides", "one"));
    await put(root, "repo/two/SKILL.md", good.replace("tides", "two"));
    await put(root, "repo/node_modules/three/SKILL.md", good);
    const names = async (path: string) =>
      (await skillsIn(join(root, path))).map(({ text }) => text.name).sort();
    assert.deepEqual(await names("repo"), ["one", "two"]);
    assert.deepEqual(await names("repo/two"), ["two"]);
    await put(root, "empty/notes.md", "x");
    await assert.rejects(skillsIn(join(root, "empty")), /holds no SKILL\.md/);
    await assert.rejects(skillsIn(join(root, "nowhere")), /no such folder/);
    await put(root, "secret/SKILL.md", good);
    await Deno.mkdir(join(root, "linked"));
    await Deno.symlink(join(root, "secret/SKILL.md"), join(root, "linked/SKILL.md"));
    await assert.rejects(skillsIn(join(root, "linked")), /link SKILL\.md leads out/);
    // Neither is read: a pipe would be waited for, and what is too large may not fit the memory.
    await Deno.mkdir(join(root, "pipe"));
    assert.ok(
      (await new Deno.Command("mkfifo", { args: [join(root, "pipe/SKILL.md")] }).output()).success,
    );
    await assert.rejects(skillsIn(join(root, "pipe")), /SKILL\.md is neither a file nor a folder/);
    await Deno.mkdir(join(root, "huge"));
    using huge = await Deno.create(join(root, "huge/SKILL.md"));
    await huge.truncate(2 ** 40);
    await assert.rejects(skillsIn(join(root, "huge")), /larger than 256 KB/);
  }));

Deno.test("installSkill() copies files and links within, and keeps what may be executed", () =>
  withRoot(async ({ root }) => {
    await put(root, "src/SKILL.md", good);
    await put(root, "src/scripts/run.sh", "#!/bin/sh\n");
    await put(root, "src/.git/config", "secret");
    await Deno.chmod(join(root, "src/scripts/run.sh"), 0o755);
    await Deno.symlink("scripts/run.sh", join(root, "src/run"));
    const [skill] = await skillsIn(join(root, "src"));
    const { folder, files } = await installSkill(skill!, join(root, "skills"), { source: "here" });
    assert.equal(folder, join(root, "skills/tides"));
    assert.equal(files, 3);
    assert.equal(await Deno.readTextFile(join(folder, "run")), "#!/bin/sh\n");
    assert.ok((await Deno.lstat(join(folder, "run"))).isFile);
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(join(folder, "scripts/run.sh"))).mode! & 0o777, 0o755);
    }
    await assert.rejects(Deno.stat(join(folder, ".git")), Deno.errors.NotFound);
    assert.equal(JSON.parse(await Deno.readTextFile(join(folder, ".origin.json"))).source, "here");
  }));

Deno.test("installSkill() refuses links that lead out, deep nests and too many files, and leaves nothing behind", () =>
  withRoot(async ({ root }) => {
    const skills = join(root, "skills");
    const refuse = async (folder: string, message: RegExp) => {
      await put(root, `${folder}/SKILL.md`, good);
      const [skill] = await skillsIn(join(root, folder));
      await assert.rejects(installSkill(skill!, skills, {}), message);
      assert.deepEqual([...Deno.readDirSync(skills)], [], "nothing stays behind");
    };
    await put(root, "outside.txt", "secret");
    await put(root, "escape/notes.md", "x");
    await Deno.symlink("../../outside.txt", join(root, "escape/more.md"));
    await Deno.remove(join(root, "escape/more.md"));
    await Deno.symlink(join(root, "outside.txt"), join(root, "escape/more.md"));
    await refuse("escape", /link more\.md leads out/);
    await put(root, "inner/sub/a.md", "x");
    await Deno.symlink("sub", join(root, "inner/loop"));
    await refuse("inner", /loop is neither a file nor a folder/);
    await put(root, `deep/${"d/".repeat(9)}x.md`, "x");
    await refuse("deep", /nested deeper/);
    await put(root, "many/0.md", "");
    for (let n = 1; n <= 500; n++) await Deno.writeTextFile(join(root, `many/${n}.md`), "");
    await refuse("many", /more than 500 files/);
    await put(root, "large/data.bin", "");
    await Deno.truncate(join(root, "large/data.bin"), 20 * 1024 * 1024 + 1);
    await refuse("large", /larger than/);
  }));
