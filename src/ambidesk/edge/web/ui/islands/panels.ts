/** Panels: a small form fetched when it is asked for, beside what was pressed. */

import htmx from "./htmx";
import { closeMenus } from "./menus";

const GAP = 6;
const FIRST = "select, textarea, input:not([type=hidden]), button";

/** Show in the panel what is at the address, beside what was pressed, with the focus where it is named. */
export async function unfold(panel: HTMLElement, url: string, pressed: Element, focus = FIRST): Promise<void> {
  // What stands in a menu or in a hidden pane has no place of its own: the head of the ticket has.
  const shown = pressed.getClientRects().length ? pressed : document.querySelector("#ticket-head .ticket-facts, #ticket-head");
  const anchor = shown?.getBoundingClientRect();
  closeMenus();
  await htmx.ajax("get", url, { target: panel, swap: "innerHTML" });
  if (!panel.matches(":popover-open")) panel.showPopover();
  if (anchor) place(panel, anchor);
  panel.querySelector<HTMLElement>(focus)?.focus();
}

function place(panel: HTMLElement, anchor: DOMRect): void {
  const left = Math.min(anchor.left, window.innerWidth - panel.offsetWidth - 12);
  const below = anchor.bottom + GAP;
  const top = below + panel.offsetHeight > window.innerHeight ? Math.max(12, window.innerHeight - panel.offsetHeight - 12) : below;
  panel.style.setProperty("left", `${Math.max(12, left)}px`);
  panel.style.setProperty("top", `${top}px`);
}

export function watchPanels(): void {
  const panel = document.getElementById("choices");
  if (!panel) return;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-panel]");
    if (button) void unfold(panel, button.dataset.panel ?? "", button);
  });
}
