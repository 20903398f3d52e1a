/** Choices: the panel that sets a ticket's properties, opened beside what was pressed. */

import htmx from "./htmx";

const GAP = 6;

export function place(panel: HTMLElement, anchor: DOMRect): void {
  const left = Math.min(anchor.left, window.innerWidth - panel.offsetWidth - 12);
  const below = anchor.bottom + GAP;
  const top = below + panel.offsetHeight > window.innerHeight ? Math.max(12, window.innerHeight - panel.offsetHeight - 12) : below;
  panel.style.setProperty("left", `${Math.max(12, left)}px`);
  panel.style.setProperty("top", `${top}px`);
}

async function open(panel: HTMLElement, button: HTMLElement): Promise<void> {
  const number = document.querySelector<HTMLElement>("#ticket")?.dataset.ticket;
  if (!number) return;
  const shown = button.getClientRects().length ? button : document.querySelector<HTMLElement>("#ticket-head .ticket-facts");
  const anchor = shown?.getBoundingClientRect();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) menu.open = false;
  await htmx.ajax("get", `/tickets/${number}/choices`, { target: panel, swap: "innerHTML" });
  if (!panel.matches(":popover-open")) panel.showPopover();
  if (anchor) place(panel, anchor);
  panel.querySelector<HTMLElement>(`#choose-${button.dataset.choose ?? "assignee"}`)?.focus();
}

export function watchChoices(): void {
  const panel = document.getElementById("choices");
  if (!panel) return;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-choose]");
    if (button) void open(panel, button);
  });
  panel.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent<{ successful: boolean }>).detail.successful && (event.target as Element).matches("form")) panel.hidePopover();
  });
}
