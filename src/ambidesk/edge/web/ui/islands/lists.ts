/** Lists: j and k go through the rows, Enter opens one. */

function rows(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("[data-row] > a")].filter((row) => row.getClientRects().length);
}

function go(step: number): void {
  const all = rows();
  const at = all.findIndex((row) => row === document.activeElement);
  const open = all.findIndex((row) => row.getAttribute("aria-current"));
  const from = at >= 0 ? at : open;
  const next = all[Math.max(0, Math.min(from + step, all.length - 1))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

export function watchLists(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    if (target.isContentEditable || target.matches("input, textarea, select")) return;
    if (event.code === "KeyJ") go(1);
    else if (event.code === "KeyK") go(-1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.target as HTMLElement;
    if (target.id !== "thread-pane") return;
    document.querySelector<HTMLElement>("[data-desk]")?.setAttribute("data-shown", "thread");
    const number = target.querySelector<HTMLElement>("[data-ticket]")?.dataset.ticket;
    for (const row of rows()) {
      const current = row.pathname.endsWith(`/${number}`);
      if (current) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (current) row.parentElement?.removeAttribute("data-unread");
    }
  });
}
