import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { createProfile } from "../../src/profiles/create.ts";
import { readProfileCard, writeProfileCard } from "../../src/profiles/profile_file.ts";
import { getProfile, listProfiles, profileNames } from "../../src/profiles/roster.ts";
import { put, withRoot } from "./temp_root.ts";

Deno.test("S-005 profileNames() lists default and every folder with a config.yaml", async () => {
  await withRoot(async (paths) => {
    assert.deepEqual(await profileNames(paths), ["default"]);
    await put(paths.profilesDir, "writer/config.yaml", "");
    await put(paths.profilesDir, "ops/config.yaml", "");
    await put(paths.profilesDir, "draft/profile.yaml", "");
    await put(paths.profilesDir, "Bad Name/config.yaml", "");
    await put(paths.profilesDir, "default/config.yaml", "");
    await put(paths.profilesDir, "a-file", "");
    assert.deepEqual(await profileNames(paths), ["default", "ops", "writer"]);
  });
});

Deno.test("S-005 S-010 profileNames() follows a linked profile folder", async () => {
  await withRoot(async (paths) => {
    await put(paths.root, "elsewhere/config.yaml", "");
    await Deno.mkdir(paths.profilesDir);
    await Deno.symlink(join(paths.root, "elsewhere"), join(paths.profilesDir, "linked"));
    assert.deepEqual(await profileNames(paths), ["default", "linked"]);
  });
});

Deno.test("S-124 S-151 listProfiles() reads cards, described or not, default's from the root", async () => {
  await withRoot(async (paths) => {
    await put(paths.root, "profile.yaml", "description: Does anything\n");
    await put(
      paths.root,
      "config.yaml",
      "model: {default: big, provider: openai}\ntoolsets: [a]\n",
    );
    await put(paths.profilesDir, "writer/config.yaml", "model: {default: small}\n");
    await put(
      paths.profilesDir,
      "writer/profile.yaml",
      "description: Writes prose\ndescription_auto: true\n",
    );
    await put(paths.profilesDir, "writer/skills/tone/SKILL.md", "# tone\n");
    await put(paths.profilesDir, "writer/skills/style/essay/SKILL.md", "# essay\n");
    await put(paths.profilesDir, "blank/config.yaml", "toolsets: [kanban, 3]\n");
    const [fallback, blank, writer] = await listProfiles(paths);
    assert.deepEqual(fallback, {
      name: "default",
      home: paths.root,
      isDefault: true,
      description: "Does anything",
      descriptionAuto: false,
      model: "big",
      provider: "openai",
      skillCount: 0,
      toolsets: ["a"],
    });
    assert.equal(blank!.description, "");
    assert.deepEqual(blank!.toolsets, ["kanban"]);
    assert.equal(writer!.descriptionAuto, true);
    assert.deepEqual([writer!.model, writer!.provider], ["small", "openai"]);
    assert.equal(writer!.skillCount, 2);
  });
});

Deno.test("S-152 readProfileCard() takes missing, corrupt and misshapen files as empty", async () => {
  await withRoot(async (paths) => {
    const empty = { description: "", descriptionAuto: false };
    assert.deepEqual(await readProfileCard(paths.root), empty);
    for (
      const text of ["description: [\n", "- a\n", "description: 3\ndescription_auto: yes please\n"]
    ) {
      await put(paths.root, "profile.yaml", text);
      assert.deepEqual(await readProfileCard(paths.root), empty, text);
    }
  });
});

Deno.test("S-152 writeProfileCard() keeps unknown keys and comments", async () => {
  await withRoot(async (paths) => {
    await put(paths.root, "profile.yaml", "# mine\nemoji: '🦊'\ndescription: old # why\n");
    await writeProfileCard(paths.root, { description: "new: one", descriptionAuto: true });
    assert.equal(
      await Deno.readTextFile(join(paths.root, "profile.yaml")),
      "# mine\nemoji: '🦊'\ndescription: \"new: one\" # why\ndescription_auto: true\n",
    );
  });
});

Deno.test("S-152 writeProfileCard() refuses a missing folder and a corrupt file", async () => {
  await withRoot(async (paths) => {
    const card = { description: "x", descriptionAuto: false };
    await assert.rejects(
      writeProfileCard(join(paths.profilesDir, "nobody"), card),
      (error) => error instanceof HermesError && error.code === "not_found",
    );
    await put(paths.root, "profile.yaml", "a: [\n");
    await assert.rejects(writeProfileCard(paths.root, card), /Cannot read config/);
    assert.equal(await Deno.readTextFile(join(paths.root, "profile.yaml")), "a: [\n");
  });
});

Deno.test("S-160 getProfile() says profile not found and suggests the closest name", async () => {
  await withRoot(async (paths) => {
    await put(paths.profilesDir, "researcher/config.yaml", "");
    assert.equal((await getProfile(paths, "Researcher")).name, "researcher");
    await assert.rejects(getProfile(paths, "reseacher"), (error) => {
      assert(error instanceof HermesError);
      assert.equal(error.code, "not_found");
      assert.match(error.message, /profile not found/);
      assert.match(error.remedy ?? "", /researcher/);
      return true;
    });
    await assert.rejects(getProfile(paths, "../researcher"), /profile not found/);
  });
});

Deno.test("S-153 createProfile() makes a routable profile with a user-written description", async () => {
  await withRoot(async (paths) => {
    const profile = await createProfile(paths, {
      name: "Writer",
      description: " Writes: prose\nwell ",
    });
    assert.equal(profile.name, "writer");
    assert.equal(profile.description, "Writes: prose\nwell");
    assert.equal(profile.descriptionAuto, false);
    assert.deepEqual(await profileNames(paths), ["default", "writer"]);
    const soul = await Deno.readTextFile(join(profile.home, "SOUL.md"));
    assert.match(soul, /You are writer/);
    assert.match(soul, /Writes: prose/);
    assert((await Deno.stat(join(profile.home, "skills"))).isDirectory);
  });
});

Deno.test("S-153 createProfile() refuses an existing profile and leaves it alone", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops", description: "one" });
    await assert.rejects(
      createProfile(paths, { name: "OPS", description: "two" }),
      (error) => error instanceof HermesError && error.code === "refused",
    );
    assert.equal((await getProfile(paths, "ops")).description, "one");
  });
});

Deno.test("S-153 createProfile() completes a folder an interrupted creation left", async () => {
  await withRoot(async (paths) => {
    await put(paths.profilesDir, "ops/SOUL.md", "kept\n");
    const profile = await createProfile(paths, { name: "ops" });
    assert.equal(profile.description, "");
    assert.equal(await Deno.readTextFile(join(profile.home, "SOUL.md")), "kept\n");
  });
});

Deno.test("createProfile() in a folder without config.yaml keeps what lies there", async () => {
  await withRoot(async (paths) => {
    const card = "description: Knows the tides\nworker: claude\n";
    for (const name of ["ada", "bob"]) await put(paths.profilesDir, `${name}/profile.yaml`, card);
    await put(paths.profilesDir, "ada/SOUL.md", "# Ada");
    assert.equal((await createProfile(paths, { name: "ada" })).description, "Knows the tides");
    assert.equal(await Deno.readTextFile(join(paths.profilesDir, "ada/profile.yaml")), card);
    assert.equal(await Deno.readTextFile(join(paths.profilesDir, "ada/SOUL.md")), "# Ada");
    await createProfile(paths, { name: "bob", description: "Knows the moon" });
    const text = await Deno.readTextFile(join(paths.profilesDir, "bob/profile.yaml"));
    assert.match(
      text,
      /description: Knows the moon[^]*worker: claude|worker: claude[^]*description: Knows the moon/,
    );
  });
});
