// Owns: reading the collections of answers that models gave or might give.

import { parse } from "yaml";

/** An answer in a collection together with what must come of it. */
export interface CorpusAnswer {
  name: string;
  /** The model's text. */
  answer: string;
  /** Part of the reason, when the answer is unusable. */
  fails?: string;
  /** Each child as `title @assignee < positions`, or only how many there are. */
  plan?: string[] | number;
  bodies?: string[];
  /** Title, body and assignee of a task that stays one. */
  becomes?: [title: string, body: string, assignee: string | null];
}

/** Reads one collection; `%text*N%` in its texts is written out. */
export async function readCorpus(name: string): Promise<CorpusAnswer[]> {
  const file = new URL(`../fixtures/planner_answers/${name}.yaml`, import.meta.url);
  const given: CorpusAnswer[] = parse(await Deno.readTextFile(file));
  return given.map((item) => ({
    ...item,
    answer: expand(item.answer),
    plan: Array.isArray(item.plan) ? item.plan.map(expand) : item.plan,
    bodies: item.bodies?.map(expand),
    becomes: item.becomes?.map((text) => text && expand(text)) as CorpusAnswer["becomes"],
  }));
}

function expand(text: string): string {
  return text.replace(/%([^%]+)\*(\d+)%/g, (_, part: string, times) => part.repeat(Number(times)));
}
