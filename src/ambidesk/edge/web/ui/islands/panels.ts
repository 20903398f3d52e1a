/** Panels: a small form fetched when it is asked for, beside what was pressed. */

import { place } from "./choices";
import htmx from "./htmx";

async function open(panel: HTMLElement, button: HTMLElement): Promise<void> {
  const shown = button.getClientRects().length ? button : document.querySelector<HTMLElement>("#ticket-head .ticket-facts");
  const anchor = shown?.getBoundingClientRect();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) menu.open = false;
  await htmx.ajax("get", button.dataset.panel ?? "", { target: panel, swap: "innerHTML" });
  if (!panel.matches(":popover-open")) panel.showPopover();
  if (anchor) place(panel, anchor);
  panel.querySelector<HTMLElement>("select, textarea, input:not([type=hidden]), button")?.focus();
}

export function watchPanels(): void {
  const panel = document.getElementById("choices");
  if (!panel) return;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-panel]");
    if (button) void open(panel, button);
  });
}
