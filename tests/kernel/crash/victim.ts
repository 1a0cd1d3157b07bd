// Owns: a process that performs one act and kills itself at one write boundary. Arguments: the path, the act as JSON, the
// boundary (0 = none: it prints how many there are). A boundary lies behind every statement that takes the lock, writes
// or commits, and so before the next one.

import { DatabaseSync, StatementSync } from "node:sqlite";

const [path, json, last] = Deno.args as [string, string, string];
let armed = false;
let passed = 0;

function boundary(): void {
  if (!armed || ++passed !== Number(last)) return;
  Deno.kill(Deno.pid, "SIGKILL");
  while (true); // The signal is on its way; nothing more must be written.
}

StatementSync.prototype.run = new Proxy(StatementSync.prototype.run, {
  apply(target, statement, parameters) {
    const change = Reflect.apply(target, statement, parameters);
    boundary();
    return change;
  },
});
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (text: string) {
  exec.call(this, text);
  if (!text.startsWith("PRAGMA")) boundary();
};

const { openForAct, performAct } = await import("./acts.ts");
const act = JSON.parse(json);
armed = act.do === "open";
const board = await openForAct(path);
armed = true;
await performAct(board, act);
armed = false;
await board.close();
console.log(passed);
