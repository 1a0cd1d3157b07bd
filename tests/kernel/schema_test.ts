// Owns: proof of the schema: every promised table, column and index, and every named statement.

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { listQuery } from "../../src/kernel/queries/tasks.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

/** line → table → the columns it promises, with the default where one is promised. */
const promised: [string, string, Record<string, string | null>][] = [
  ["S-013", "tasks", {
    ...none("id title body assignee status created_by created_at started_at completed_at"),
    ...none("workspace_path claim_lock claim_expires tenant result"),
    priority: "0",
    workspace_kind: "'scratch'",
  }],
  ["S-014", "tasks", {
    ...none("idempotency_key worker_pid last_spawn_error last_failure_error"),
    spawn_failures: "0",
    consecutive_failures: "0",
  }],
  ["S-015", "tasks", none("max_runtime_seconds last_heartbeat_at")],
  ["S-016", "tasks", none("current_run_id workflow_template_id current_step_key")],
  ["S-017", "tasks", none("skills")],
  ["S-018", "task_links", none("parent_id child_id")],
  ["S-019", "task_comments", none("id task_id author body created_at")],
  ["S-020", "task_events", none("id task_id run_id kind payload created_at")],
  [
    "S-021",
    "task_runs",
    none(
      "id task_id profile step_key status claim_lock claim_expires worker_pid " +
        "max_runtime_seconds last_heartbeat_at started_at ended_at outcome summary metadata error",
    ),
  ],
  ["S-022", "kanban_notify_subs", {
    ...none("task_id platform chat_id user_id created_at"),
    thread_id: "''",
    last_event_id: "0",
  }],
];

for (const [line, table, columns] of promised) {
  Deno.test(`${line} ${table} has ${Object.keys(columns).join(", ")}`, () =>
    withBoard(async (t) => {
      const found = new Map((await columnsOf(t, table)).map((row) => [row.name, row]));
      for (const [name, fallback] of Object.entries(columns)) {
        assert.ok(found.has(name), `no column ${name}`);
        if (fallback !== null) assert.equal(found.get(name)?.dflt_value, fallback, name);
      }
    }));
}

for (
  const [line, table, key] of [
    ["S-013", "tasks", "id"],
    ["S-018", "task_links", "parent_id child_id"],
    ["S-019", "task_comments", "id"],
    ["S-020", "task_events", "id"],
    ["S-021", "task_runs", "id"],
    ["S-022", "kanban_notify_subs", "task_id platform chat_id thread_id"],
  ] as const
) {
  Deno.test(`${line} the key of ${table} is (${key})`, () =>
    withBoard(async (t) => {
      const columns = (await columnsOf(t, table)).filter(({ pk }) => pk > 0);
      assert.equal(columns.sort((a, b) => a.pk - b.pk).map(({ name }) => name).join(" "), key);
    }));
}

Deno.test("S-020 an event id is never used again, also after the newest events were deleted", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const { id: before } = await t.last(id);
    await t.raw("DELETE FROM task_events");
    await t.do(id, { type: "reprioritize", priority: 1 });
    assert.ok((await t.last(id)).id > before);
  }));

Deno.test("S-016 the reserved columns are writable and change nothing about routing", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE tasks SET workflow_template_id = 'w', current_step_key = 's'");
    await t.claimed(id);
    assert.equal((await t.run(id)).step_key, "s");
    assert.equal((await t.task(id)).workflow_template_id, "w");
  }));

for (
  const [table, columns] of [
    ["tasks", "status"],
    ["tasks", "assignee status"],
    ["tasks", "tenant"],
    ["tasks", "idempotency_key"],
    ["task_links", "parent_id"],
    ["task_links", "child_id"],
    ["task_comments", "task_id created_at"],
    ["task_events", "task_id created_at"],
    ["task_events", "run_id id"],
    ["task_runs", "task_id started_at"],
    ["task_runs", "status"],
    ["kanban_notify_subs", "task_id"],
  ] as const
) {
  Deno.test(`S-023 ${table} has an index on (${columns})`, () =>
    withBoard(async (t) => {
      const indexes = await t.rows<{ columns: string }>(
        `SELECT group_concat(info.name, ' ') AS columns
         FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info
         WHERE list.partial = 0 GROUP BY list.name`,
        [table],
      );
      assert.ok(indexes.some((index) => index.columns === columns), JSON.stringify(indexes));
    }));
}

const queries = new URL("../../src/kernel/queries/", import.meta.url);
const files = [...Deno.readDirSync(queries)].map(({ name }) => name).sort();

for (const file of files) {
  Deno.test(`every statement of queries/${file} is valid on a fresh schema`, async () => {
    const module = await import(new URL(file, queries).href) as { sql?: Record<string, unknown> };
    const statements = Object.entries(module.sql ?? {});
    assert.ok(statements.length > 0, "no statements");
    await withBoard((t) => {
      const database = new DatabaseSync(join(t.dir, "kanban.db"));
      try {
        for (const [name, text] of statements) {
          assert.equal(typeof text, "string", name);
          assert.doesNotThrow(() => database.prepare(text as string), name);
        }
      } finally {
        database.close();
      }
      return Promise.resolve();
    });
  });
}

Deno.test("S-038 every combination of list filters makes a valid statement", () =>
  withBoard(async (t) => {
    for (const status of [undefined, "ready"]) {
      for (const assignee of [undefined, null, "ana"]) {
        for (const tenant of [undefined, "acme"]) {
          for (const limit of [undefined, 5]) {
            for (const includeArchived of [false, true]) {
              const { text, params } = listQuery({
                status,
                assignee,
                tenant,
                limit,
                includeArchived,
              });
              assert.deepEqual(await t.rows(text, params), []);
            }
          }
        }
      }
    }
  }));

function none(names: string): Record<string, null> {
  return Object.fromEntries(names.split(" ").map((name) => [name, null]));
}

interface Column {
  name: string;
  dflt_value: string | null;
  pk: number;
}

function columnsOf(t: TestBoard, table: string): Promise<Column[]> {
  return t.rows<Column>("SELECT name, dflt_value, pk FROM pragma_table_info(?)", [table]);
}
