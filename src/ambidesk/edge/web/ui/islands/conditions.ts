/** Fields that hold a condition: the builder in place of its text, and beneath it the sentence that it says. */

import { Group } from "./building/group";
import type { Condition, Vocabulary } from "./building/tree";
import { each, send } from "./page";

const PAUSE = 350;
const known = new Map<string, Promise<Vocabulary | undefined>>();

/** What is told whenever a condition changed, after its text did. */
export const CHANGED = "condition";

async function read(url: string): Promise<Vocabulary | undefined> {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  return answer.ok ? ((await answer.json()) as Vocabulary) : undefined;
}

function vocabulary(url: string): Promise<Vocabulary | undefined> {
  const found = known.get(url) ?? read(url);
  known.set(url, found);
  return found;
}

async function tell(box: HTMLElement, value: HTMLTextAreaElement): Promise<void> {
  const told = value.value;
  const answer = await send(box.dataset.url ?? "", "POST", new URLSearchParams({ condition: told }));
  const place = box.querySelector("[data-sentence]");
  if (!answer.ok || !place || told !== value.value) return;
  const { words, problem } = (await answer.json()) as { words: string; problem: string };
  place.textContent = problem || words;
  place.toggleAttribute("data-wrong", Boolean(problem));
}

function build(box: HTMLElement, value: HTMLTextAreaElement, asked: Vocabulary): void {
  let waiting = 0;
  const changed = (): void => {
    value.value = JSON.stringify(root.condition);
    box.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true, detail: value.value }));
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void tell(box, value), PAUSE);
  };
  const given = (JSON.parse(value.value || "null") as Condition | null) ?? { all: [] };
  const root: Group = new Group(asked, changed, given, asked.deepest);
  box.querySelector("[data-conditions]")?.replaceChildren(root.box);
  if (value.value) void tell(box, value);
}

export function watchConditions(): void {
  each<HTMLElement>("[data-condition-field]", (box) => {
    const value = box.querySelector<HTMLTextAreaElement>("[data-condition-value]");
    if (value) void vocabulary(box.dataset.url ?? "").then((asked) => asked && build(box, value, asked));
  });
}
