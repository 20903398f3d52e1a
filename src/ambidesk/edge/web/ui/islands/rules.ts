/** Rules: their order in the list, and the conditions of the one that is written. */

import { Group } from "./building/group";
import type { Condition, Vocabulary } from "./building/tree";
import { each, send } from "./page";
import { orderable } from "./steps";

function conditions(box: HTMLElement): void {
  const value = box.querySelector<HTMLTextAreaElement>("[data-condition-value]");
  const place = box.querySelector<HTMLElement>("[data-condition-place]");
  if (!value || !place) return;
  void fetch(box.dataset.vocabularyUrl ?? "", { credentials: "same-origin" }).then(async (answer) => {
    if (!answer.ok) return;
    const vocabulary = (await answer.json()) as Vocabulary;
    const given = (JSON.parse(value.value || "null") as Condition | null) ?? { all: [] };
    const root: Group = new Group(vocabulary, () => (value.value = JSON.stringify(root.condition ?? { all: [] })), given, vocabulary.deepest);
    place.replaceChildren(root.box);
  });
}

export function watchRules(): void {
  each<HTMLElement>("[data-rules]", (list) => {
    orderable(list, () => {
      const order = new URLSearchParams([...list.children].map((row) => ["rule", (row as HTMLElement).dataset.rule ?? ""]));
      void send(list.dataset.orderUrl ?? "", "POST", order);
    });
  });
  each<HTMLElement>("[data-rule-condition]", conditions);
}
