// Owns: proof of what makes a worker's tools forgiving: long output is kept, a failed edit says where it almost fits.

import assert from "node:assert/strict";
import { join } from "node:path";
import { callTool } from "../../src/agent/tool.ts";
import { LongOutput } from "../../src/agent/tools/long_output.ts";
import { workspaceTools } from "../../src/agent/tools/workspace_tools.ts";
import { withWorkspace } from "./workspace.ts";

Deno.test("terminal keeps output that is too long to show in a file that read_file reads", () =>
  withWorkspace(async ({ root, outside }) => {
    const longOutput = new LongOutput();
    const tools = workspaceTools({
      root,
      timeoutSeconds: 20,
      maxOutputBytes: 2000,
      env: { PATH: Deno.env.get("PATH") ?? "" },
      longOutput,
    });
    const { signal } = new AbortController();
    const call = async (name: string, args: unknown) =>
      (await callTool(tools, name, JSON.stringify(args), signal)).text;
    const short = JSON.parse(await call("terminal", { command: "seq 1 5" }));
    assert.equal(short.stdout, "1\n2\n3\n4\n5\n");
    assert.equal(longOutput.folder, null, "no file without need");
    const long = JSON.parse(await call("terminal", { command: "seq 1 5000; seq 7 5000 >&2" }));
    assert.ok(long.stdout.length < 2300 && long.stderr.length < 2300);
    assert.match(long.stdout, /^1\n2\n[^]*omitted; read_file shows all of it: (\S+)\][^]*5000\n$/);
    const path = /all of it: (\S+)\]/.exec(long.stdout)![1]!;
    const middle = await call("read_file", { path, offset: 2500, limit: 2 });
    assert.match(middle, /^2500\n2501\n/);
    await Deno.writeTextFile(join(outside, "secret"), "x");
    assert.match(
      await call("read_file", { path: `${path}/../../secret` }),
      /outside the workspace/,
    );
    const [mode] = [(await Deno.stat(longOutput.folder!)).mode! & 0o777];
    assert.equal(mode, 0o700);
    await longOutput.dispose();
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    await longOutput.dispose();
  }));

Deno.test("edit_file says where a text almost occurs", () =>
  withWorkspace(async ({ root, refused, call }) => {
    await Deno.writeTextFile(join(root, "a.ts"), "function f() {\n\treturn 1;\n}\nlet x = 2;\n");
    const blanks = { path: "a.ts", old_text: "function f() {\n  return 1;\n}", new_text: "" };
    assert.match(
      await refused("edit_file", blanks),
      /line 1 differs from it only in blanks\. The file has:\nfunction f\(\) \{\n\treturn 1;\n\}/,
    );
    const later = { path: "a.ts", old_text: "function f() {\n  return 3;\n}", new_text: "" };
    assert.match(await refused("edit_file", later), /line 1 is like its first line[^]*return 1;/);
    const nowhere = { path: "a.ts", old_text: "class G {}", new_text: "" };
    const error = await refused("edit_file", nowhere);
    assert.match(error, /old_text does not occur in it\. Read the file again/);
    const twice = { path: "a.ts", old_text: "1", new_text: "2" };
    assert.equal(JSON.parse(await call("edit_file", twice)).line, 2);
  }));
