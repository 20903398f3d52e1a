/** The builder of views: conditions in groups, tried out while they are put together. */

import { Group } from "./building/group";
import type { Condition, Vocabulary } from "./building/tree";
import { each, send } from "./page";

const PAUSE = 350;

export function watchBuilders(): void {
  each<HTMLFormElement>("[data-builder]", (form) => {
    const vocabulary = JSON.parse(document.getElementById("vocabulary")?.textContent ?? "null") as Vocabulary | null;
    const kept = form.querySelector<HTMLInputElement>("input[name=condition]");
    const place = form.querySelector<HTMLElement>("[data-conditions]");
    const trial = document.getElementById("trial");
    if (!vocabulary || !kept || !place) return;
    let waiting = 0;
    const tryOut = async (): Promise<void> => {
      const tried = kept.value;
      const answer = await send(form.dataset.previewUrl ?? "", "POST", new URLSearchParams({ condition: tried }));
      // What was changed meanwhile is tried out by its own request.
      if (!answer.ok || !trial || tried !== kept.value) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      trial.replaceChildren(...parsed.body.childNodes);
    };
    const changed = (): void => {
      kept.value = JSON.stringify(root.condition);
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void tryOut(), PAUSE);
    };
    const given = (JSON.parse(kept.value || "null") as Condition | null) ?? { all: [] };
    const root = new Group(vocabulary, changed, given, vocabulary.deepest);
    place.replaceChildren(root.box);
  });
}
