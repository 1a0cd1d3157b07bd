import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { bindBoard, boardPaths, resolveBoardSlug, resolvePaths } from "../../src/config/paths.ts";

const home = { HOME: "/home/ada" };

Deno.test("S-001 resolvePaths() puts the default board at ~/.hermes/kanban.db", () => {
  const paths = resolvePaths(home);
  assert.equal(paths.root, "/home/ada/.hermes");
  assert.equal(paths.db, "/home/ada/.hermes/kanban.db");
  assert.equal(paths.configFile, "/home/ada/.hermes/config.yaml");
  assert.equal(paths.profile, "default");
  assert.equal(paths.profileHome, paths.root);
});

Deno.test("S-001 resolvePaths() lets HERMES_HOME replace ~/.hermes, an empty value excepted", () => {
  assert.equal(resolvePaths({ HERMES_HOME: "/srv/h" }).db, "/srv/h/kanban.db");
  assert.equal(resolvePaths({ ...home, HERMES_HOME: "~/h" }).root, "/home/ada/h");
  assert.equal(resolvePaths({ ...home, HERMES_HOME: "  " }).root, "/home/ada/.hermes");
});

Deno.test("S-010 resolvePaths() keeps spaces and unicode in the home", () => {
  assert.equal(
    resolvePaths({ HERMES_HOME: "/srv/mein Büro/家" }).db,
    "/srv/mein Büro/家/kanban.db",
  );
});

Deno.test("S-002 boardPaths() gives every further board a file and folders of its own", () => {
  const paths = resolvePaths(home);
  assert.deepEqual(boardPaths(paths, "acme"), {
    slug: "acme",
    dir: "/home/ada/.hermes/kanban/boards/acme",
    db: "/home/ada/.hermes/kanban/boards/acme/kanban.db",
    workspacesRoot: "/home/ada/.hermes/kanban/boards/acme/workspaces",
    logsRoot: "/home/ada/.hermes/kanban/boards/acme/logs",
    attachmentsRoot: "/home/ada/.hermes/kanban/boards/acme/attachments",
  });
});

Deno.test("S-003 P-020 resolvePaths() derives the root from a profile's own home", () => {
  const paths = resolvePaths({ HERMES_HOME: "/srv/h/profiles/writer" });
  assert.equal(paths.root, "/srv/h");
  assert.equal(paths.db, "/srv/h/kanban.db");
  assert.equal(paths.profile, "writer");
  assert.equal(paths.profileHome, "/srv/h/profiles/writer");
  assert.equal(paths.profileConfigFile, "/srv/h/profiles/writer/config.yaml");
});

Deno.test("S-003 P-020 HERMES_KANBAN_HOME pins the root for a child with another home", () => {
  const paths = resolvePaths({
    HERMES_KANBAN_HOME: "/srv/h",
    HERMES_HOME: "/elsewhere/profiles/ops",
  });
  assert.equal(paths.root, "/srv/h");
  assert.equal(paths.profile, "ops");
});

Deno.test("S-004 boardPaths() keeps default workspaces and logs below <root>/kanban", () => {
  const board = boardPaths(resolvePaths({ HERMES_HOME: "/h" }), "default");
  assert.equal(board.workspacesRoot, "/h/kanban/workspaces");
  assert.equal(board.logsRoot, "/h/kanban/logs");
  assert.equal(board.dir, "/h/kanban");
});

Deno.test("resolvePaths() prefers the explicit profile over HERMES_HOME over HERMES_PROFILE", () => {
  const env = { HERMES_HOME: "/h/profiles/writer", HERMES_PROFILE: "ops" };
  assert.equal(resolvePaths(env, { profile: "Analyst" }).profile, "analyst");
  assert.equal(resolvePaths(env).profile, "writer");
  assert.equal(resolvePaths({ HERMES_HOME: "/h", HERMES_PROFILE: "ops" }).profile, "ops");
});

Deno.test("S-154 resolvePaths() refuses a profile name that would leave the profiles folder", () => {
  for (const profile of ["../x", "a/b", "", "-p"]) {
    assert.throws(
      () => resolvePaths(home, { profile }),
      (error) => error instanceof HermesError && error.code === "usage",
    );
  }
});

Deno.test("resolvePaths() says what to set when no home is known", () => {
  assert.throws(
    () => resolvePaths({}),
    (error) => error instanceof HermesError && /HERMES_HOME/.test(error.remedy ?? ""),
  );
});

Deno.test("U-001 U-002 resolveBoardSlug() takes explicit, then env, then current, then default", () => {
  const env = { HERMES_KANBAN_BOARD: "from-env" };
  assert.equal(resolveBoardSlug(" Acme ", env, "current"), "acme");
  assert.equal(resolveBoardSlug(undefined, env, "current"), "from-env");
  assert.equal(resolveBoardSlug(undefined, {}, "current\n"), "current");
  assert.equal(resolveBoardSlug(undefined, {}, null), "default");
});

Deno.test("U-002 resolveBoardSlug() falls through stale and malformed stored values", () => {
  const env = { HERMES_KANBAN_BOARD: "../../etc" };
  assert.equal(resolveBoardSlug(undefined, env, "kept"), "kept");
  assert.equal(resolveBoardSlug(undefined, env, "no spaces allowed"), "default");
  const onlyKept = (slug: string) => slug === "kept";
  assert.equal(
    resolveBoardSlug(undefined, { HERMES_KANBAN_BOARD: "gone" }, "kept", onlyKept),
    "kept",
  );
  assert.equal(resolveBoardSlug(undefined, {}, "gone", onlyKept), "default");
});

Deno.test("U-001 resolveBoardSlug() refuses a malformed explicit slug as a usage error", () => {
  for (const slug of ["", "../x", "a b", "-x", "x".repeat(65), "ünï"]) {
    assert.throws(
      () => resolveBoardSlug(slug, {}, null),
      (error) => error instanceof HermesError && error.code === "usage",
      slug,
    );
  }
});

Deno.test("U-002 HERMES_KANBAN_DB pins the bound board and no other", () => {
  const paths = resolvePaths({ HERMES_HOME: "/h", HERMES_KANBAN_DB: "/pin.db" }, { board: "acme" });
  assert.equal(paths.db, "/pin.db");
  assert.equal(boardPaths(paths, "default").db, "/h/kanban.db");
  assert.equal(bindBoard(paths, "other").db, "/pin.db");
});

Deno.test("U-009 HERMES_KANBAN_WORKSPACES_ROOT pins the scratch workspaces", () => {
  const paths = resolvePaths({ HERMES_HOME: "/h", HERMES_KANBAN_WORKSPACES_ROOT: "/big/ws" });
  assert.equal(paths.workspacesRoot, "/big/ws");
  assert.equal(paths.logsRoot, "/h/kanban/logs");
});
