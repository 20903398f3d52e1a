/** Rules: their order in the list. */

import { each, send } from "./page";
import { orderable } from "./steps";

export function watchRules(): void {
  each<HTMLElement>("[data-rules]", (list) => {
    orderable(list, () => {
      const order = new URLSearchParams([...list.children].map((row) => ["rule", (row as HTMLElement).dataset.rule ?? ""]));
      void send(list.dataset.orderUrl ?? "", "POST", order);
    });
  });
}
