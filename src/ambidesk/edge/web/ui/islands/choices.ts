/** Choices: the panel that sets a ticket's properties, opened beside what was pressed. */

import { unfold } from "./panels";

export function watchChoices(): void {
  const panel = document.getElementById("choices");
  if (!panel) return;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-choose]");
    const number = document.querySelector<HTMLElement>("#ticket")?.dataset.ticket;
    if (button && number) void unfold(panel, `/tickets/${number}/choices`, button, `#choose-${button.dataset.choose ?? "assignee"}`);
  });
  panel.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent<{ successful: boolean }>).detail.successful && (event.target as Element).matches("form")) panel.hidePopover();
  });
}
