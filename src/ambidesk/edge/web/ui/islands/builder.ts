/** The builder of views: what its condition holds for is shown while it is put together. */

import { CHANGED } from "./conditions";
import { each, send } from "./page";

const PAUSE = 350;

export function watchBuilders(): void {
  each<HTMLFormElement>("[data-builder]", (form) => {
    const trial = document.getElementById("trial");
    let waiting = 0;
    let latest = "";
    const tryOut = async (tried: string): Promise<void> => {
      const answer = await send(form.dataset.previewUrl ?? "", "POST", new URLSearchParams({ condition: tried }));
      // What was changed meanwhile is tried out by its own request.
      if (!answer.ok || !trial || tried !== latest) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      trial.replaceChildren(...parsed.body.childNodes);
    };
    form.addEventListener(CHANGED, (event) => {
      latest = (event as CustomEvent<string>).detail;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void tryOut(latest), PAUSE);
    });
  });
}
