/** Reaching what a key or the palette names, also where it lies inside a closed menu. */

export function reach(element: HTMLElement): void {
  if (element.matches("input, select, textarea")) return focus(element);
  if (element.matches("summary")) {
    const menu = element.closest("details");
    if (menu?.open && !element.dataset.opens) menu.open = false;
    else openUpTo(element);
    const first = element.dataset.opens;
    focus(first ? document.querySelector<HTMLElement>(first) : null);
    return;
  }
  element.click();
}

function openUpTo(element: HTMLElement): void {
  for (let menu = element.closest("details"); menu; menu = menu.parentElement?.closest("details") ?? null) menu.open = true;
}

function focus(element: HTMLElement | null): void {
  if (!element) return;
  openUpTo(element);
  // After the menu that opens has put the focus onto its first entry.
  window.setTimeout(() => {
    element.focus();
    if (element instanceof HTMLInputElement && element.type !== "datetime-local") element.select();
  });
}
