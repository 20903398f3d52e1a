/** Questions wherever they stand on a page, the editor of choices, and that of forms. */

import { ask, follow } from "./asking/questions";
import { watchFormEditors } from "./asking/editor";
import { watchOptions } from "./asking/options";
import { each } from "./page";

export function watchAsking(): void {
  each<HTMLElement>("[data-questions]", follow);
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const place = event.target as HTMLElement;
    if (place.matches("[data-questions]")) ask(place);
  });
  watchOptions();
  watchFormEditors();
}
