/** Menus: one open at a time, closed by Escape, by a click elsewhere, and after a choice. */

function open(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")];
}

function first(menu: HTMLDetailsElement): HTMLElement | null {
  return menu.querySelector<HTMLElement>(".menu-body :is(a, button, input, select)");
}

export function closeMenus(): void {
  for (const menu of open()) menu.open = false;
}

export function watchMenus(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector<HTMLElement>("summary")?.focus();
      event.stopPropagation();
    }
  });
  document.addEventListener("toggle", (event) => {
    const menu = event.target as HTMLDetailsElement;
    if (!menu.matches?.("details[data-menu]") || !menu.open) return;
    for (const other of open()) if (other !== menu && !other.contains(menu)) other.open = false;
    first(menu)?.focus();
  }, true);
  // What is in some menus comes when they are opened.
  document.addEventListener("htmx:afterSettle", (event) => {
    const menu = (event.target as Element).closest<HTMLDetailsElement>("details[data-menu][open]");
    if (menu && document.activeElement === menu.querySelector("summary")) first(menu)?.focus();
  });
}
