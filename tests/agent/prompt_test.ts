// Owns: proof of what is in the system prompt, and that it does not change.

import assert from "node:assert/strict";
import { buildSystemPrompt } from "../../src/agent/prompt.ts";
import guidance from "../../src/agent/prompts/worker.txt" with { type: "text" };

const chat = { profile: "ops", persona: null, toolNames: ["terminal"], skills: [] };
const worker = { ...chat, toolNames: ["terminal", "kanban_show"] };

Deno.test("S-209 the board guidance is in the prompt exactly when kanban_show is offered", () => {
  assert.ok(buildSystemPrompt(worker).includes(guidance.trim()));
  assert.doesNotMatch(buildSystemPrompt(chat), /kanban|board/i);
});

Deno.test("S-209 equal parts give an equal prompt", () => {
  assert.equal(buildSystemPrompt(worker), buildSystemPrompt(structuredClone(worker)));
});

Deno.test("S-210 the guidance has its size and names every step and every do-not", () => {
  const bytes = new TextEncoder().encode(guidance).length;
  assert.ok(bytes >= 1500 && bytes <= 4096, `${bytes} bytes`);
  const steps = ["kanban_show", "workspace", "kanban_heartbeat", "kanban_block", "kanban_complete"];
  for (const [index, word] of [...steps, "kanban_create"].entries()) {
    assert.match(guidance, new RegExp(`^${index + 1}\\. .*${word}`, "m"));
  }
  assert.match(guidance, /orchestrator/);
  for (const never of ["command line", "not done", "to yourself", "delegate_task", "tokens"]) {
    assert.match(guidance, new RegExp(`^- Never .*${never}`, "m"));
  }
});

Deno.test("the prompt is persona, guidance and skills in this order", () => {
  const text = buildSystemPrompt({
    ...worker,
    persona: "\nYou are Ada.\n",
    skills: [{ name: "kanban-worker", body: "Work well.\n" }, {
      name: "tides",
      body: "High, low.",
    }],
  });
  const order = [
    "You are Ada.",
    "# Working on",
    "# Skill: kanban-worker\n\nWork well.",
    "# Skill: tides",
  ];
  const positions = order.map((part) => text.indexOf(part));
  assert.equal(positions[0], 0);
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
  assert.ok(positions.every((position) => position >= 0));
});
