// Owns: proof of how a gateway keeps up with boards that come, go, are exchanged, and cannot be opened.

import assert from "node:assert/strict";
import { createLog } from "../../src/base/log.ts";
import { Fleet } from "../../src/app/fleet.ts";

/** Boards that are nothing but a slug and the identity of their file. */
class Boards {
  readonly there = new Map<string, string | null>();
  readonly broken = new Set<string>();
  readonly told: string[] = [];
  readonly lines: string[] = [];
  readonly fleet: Fleet;
  #nextLook = () => {};
  #asleep: Promise<void>;
  #fellAsleep = () => {};

  constructor() {
    this.#asleep = new Promise((resolve) => this.#fellAsleep = resolve);
    this.fleet = new Fleet({
      slugs: () => Promise.resolve([...this.there.keys()]),
      identity: (slug) => Promise.resolve(this.there.get(slug) ?? null),
      open: (slug) => this.#open(slug),
      sleep: (_ms, signal) => this.#sleep(signal),
      log: createLog((level, message, fields) =>
        level === "error" && this.lines.push(`${message} ${fields?.["board"]}`)
      ),
    });
  }

  /** Lets the fleet look once and waits until it has done so. */
  async look(): Promise<void> {
    await this.#asleep;
    this.#asleep = new Promise((resolve) => this.#fellAsleep = resolve);
    this.#nextLook();
    await this.#asleep;
  }

  #open(slug: string) {
    if (this.broken.has(slug)) return Promise.reject(new Error(`${slug} is broken`));
    const tell = (what: string) => {
      this.told.push(`${what} ${slug}`);
      return Promise.resolve();
    };
    return Promise.resolve({ start: () => tell("start"), stop: () => tell("stop") });
  }

  #sleep(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#nextLook = resolve;
      signal.addEventListener("abort", () => reject(signal.reason));
      this.#fellAsleep();
    });
  }
}

Deno.test("Fleet serves the boards there are, takes on new ones and lets go of vanished ones", async () => {
  const boards = new Boards();
  boards.there.set("default", null).set("a", "1");
  await boards.fleet.start();
  assert.deepEqual(boards.told, ["start default", "start a"]);
  boards.there.set("b", "2").delete("a");
  boards.there.set("default", null);
  await boards.look();
  assert.deepEqual(boards.told.slice(2), ["stop a", "start b"]);
  await boards.look();
  assert.equal(boards.told.length, 4, "nothing changed");
  await boards.fleet.stop();
  assert.deepEqual(boards.told.slice(4), ["stop default", "stop b"]);
});

Deno.test("Fleet opens a board anew when another file came to lie at its place", async () => {
  const boards = new Boards();
  boards.there.set("default", "1");
  await boards.fleet.start();
  boards.there.set("default", "2");
  await boards.look();
  assert.deepEqual(boards.told.slice(1), ["stop default", "start default"]);
  boards.there.set("default", null);
  await boards.look();
  assert.equal(boards.told.length, 3, "a file that is gone for a moment changes nothing");
  await boards.fleet.stop();
});

Deno.test("Fleet says once that a board cannot be served, goes on with the others and tries again", async () => {
  const boards = new Boards();
  boards.there.set("default", "1").set("bad", "2");
  boards.broken.add("bad");
  await boards.fleet.start();
  for (let look = 0; look < 40; look++) await boards.look();
  assert.deepEqual(boards.lines, ["a board cannot be served bad"]);
  assert.deepEqual(boards.fleet.slugs, ["default"]);
  boards.broken.clear();
  for (let look = 0; look < 16; look++) await boards.look();
  assert.deepEqual(boards.fleet.slugs, ["default", "bad"]);
  await boards.fleet.stop();
});

Deno.test("Fleet refuses to start when not a single board can be served", async () => {
  const boards = new Boards();
  boards.there.set("default", "1");
  boards.broken.add("default");
  await assert.rejects(boards.fleet.start(), /default is broken/);
  assert.deepEqual(boards.told, []);
});
