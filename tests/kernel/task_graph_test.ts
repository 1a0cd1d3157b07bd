// Owns: the proof of a graph's shape: order, critical path, superfluous links, circles of foreign programs.

import assert from "node:assert/strict";
import fc from "fast-check";
import { link } from "../../src/kernel/graph.ts";
import { essentialEdges, type GraphEdge, shapeOf } from "../../src/kernel/graph_shape.ts";
import { readGraph } from "../../src/kernel/task_graph.ts";
import { complete, withBoard } from "./board_fixture.ts";

/** `a>b c>d` as links; all tasks are in todo unless named in `done`. */
function shape(text: string, done = "") {
  const edges = edgesOf(text);
  const ids = [...new Set(edges.flatMap(({ parent, child }) => [parent, child]))].sort();
  const nodes = ids.map((id) => ({
    id,
    status: done.includes(id) ? "done" : "todo",
    completed_at: done.includes(id) ? 1 : null,
  }));
  return shapeOf(nodes, edges);
}

function edgesOf(text: string): GraphEdge[] {
  return text.split(" ").map((word) => {
    const [parent, child] = word.split(">");
    return { parent: parent!, child: child!, waived: false };
  });
}

Deno.test("shapeOf() keeps chains together, parents first", () => {
  assert.equal(shape("a>b b>c d>c").order.join(""), "abdc");
  assert.equal(shape("a>b c>d").order.join(""), "abcd");
});

Deno.test("shapeOf() finds the longest chain of tasks that are still open", () => {
  assert.equal(shape("a>b b>c x>c c>z").criticalPath.join(""), "abcz");
  assert.equal(shape("a>b b>c x>c c>z", "ab").criticalPath.join(""), "xcz");
  assert.equal(shape("a>b", "ab").criticalPath.join(""), "");
  const waived = [{ parent: "a", child: "b", waived: true }];
  const nodes = ["a", "b"].map((id) => ({ id, status: "todo", completed_at: null }));
  assert.equal(shapeOf(nodes, waived).criticalPath.length, 1, "a waived parent is not waited for");
});

Deno.test("shapeOf() names circles instead of running in them", () => {
  const { order, cyclic, criticalPath } = shape("a>b b>c c>b c>d a>e");
  assert.deepEqual([order.join(""), cyclic.join("")], ["ae", "bcd"]);
  assert.equal(criticalPath.join(""), "ae");
  assert.deepEqual(shape("a>a").cyclic, ["a"]);
});

Deno.test("essentialEdges() leaves out what longer ways say, and nothing else: reachability stays", () => {
  const size = 8;
  const pairs = fc.uniqueArray(
    fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).filter(([a, b]) => a < b),
    { selector: ([a, b]) => a * size + b },
  );
  fc.assert(fc.property(pairs, (links) => {
    const edges = links.map(([a, b]) => ({ parent: `${a}`, child: `${b}`, waived: false }));
    const order = Array.from({ length: size }, (_, id) => `${id}`);
    const reduced = essentialEdges(order, edges);
    assert.deepEqual(reach(reduced, size), reach(edges, size));
    for (const edge of reduced) {
      const without = reduced.filter((other) => other !== edge);
      assert.notDeepEqual(reach(without, size), reach(edges, size), "a link too many");
    }
  }));
});

/** Every pair of which the second can be reached from the first. */
function reach(edges: readonly GraphEdge[], size: number): string[] {
  const pairs = new Set(edges.map(({ parent, child }) => `${parent}>${child}`));
  for (let via = 0; via < size; via++) {
    for (let from = 0; from < size; from++) {
      for (let to = 0; to < size; to++) {
        if (pairs.has(`${from}>${via}`) && pairs.has(`${via}>${to}`)) pairs.add(`${from}>${to}`);
      }
    }
  }
  return [...pairs].sort();
}

Deno.test("readGraph() reads what is connected in any direction, or the whole board", () =>
  withBoard(async (t) => {
    const [a, b, c, lone] = [await t.add(), await t.add(), await t.add(), await t.add()];
    await link(t.board, a, b);
    await link(t.board, c, b);
    const around = await readGraph(t.board, a);
    assert.deepEqual(around.nodes.map(({ id }) => id), [a, b, c]);
    assert.equal(around.edges.length, 2);
    assert.equal((await readGraph(t.board, null)).nodes.length, 4);
    await t.do(lone, { type: "archive" });
    assert.equal((await readGraph(t.board, null)).nodes.length, 3);
    assert.equal((await readGraph(t.board, null, true)).nodes.length, 4);
    await assert.rejects(readGraph(t.board, "t_x"), { code: "not_found" });
  }));

Deno.test("readGraph() ends on circles, self-links and links to tasks that are gone", () =>
  withBoard(async (t) => {
    const [a, b] = [await t.add(), await t.add()];
    await t.do(a, complete);
    for (const [parent, child] of [[a, b], [b, a], [a, a], [a, "gone"], ["gone", b]]) {
      await t.raw("INSERT INTO task_links (parent_id, child_id) VALUES (?, ?)", [parent!, child!]);
    }
    for (const root of [a, null]) {
      const graph = await readGraph(t.board, root);
      assert.deepEqual(graph.cyclic, [a, b]);
      assert.equal(graph.edges.length, 3);
    }
  }));

Deno.test("S-057 readGraph() takes a fan of 500 and a chain of 2000", () =>
  withBoard(async (t) => {
    const hub = await t.add();
    await t.board.engine.write(async (tx) => {
      const add = async (id: string, parent: string) => {
        await tx.run(
          "INSERT INTO tasks (id, title, status, created_at) VALUES (?, '', 'todo', 1)",
          [id],
        );
        await tx.run("INSERT INTO task_links (parent_id, child_id) VALUES (?, ?)", [parent, id]);
      };
      for (let n = 0; n < 500; n++) await add(`fan${n}`, hub);
      for (let n = 0; n < 2000; n++) await add(`chain${n}`, n === 0 ? hub : `chain${n - 1}`);
    });
    const graph = await readGraph(t.board, "fan7");
    assert.equal(graph.nodes.length, 2501);
    assert.equal(graph.criticalPath.length, 2001);
    assert.equal(essentialEdges(graph.order, graph.edges).length, graph.edges.length);
  }));
