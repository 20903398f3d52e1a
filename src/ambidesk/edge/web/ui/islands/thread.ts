/** The thread: opens at what is new, stays at its end while it grows, tells the tab's title. */

import { each, mention } from "./page";

const NEAR_PIXELS = 96;

function end(thread: HTMLElement): void {
  thread.scrollTop = thread.scrollHeight;
}

/** Where reading begins: at the first unread message where it would not fit, else at the end. */
function begin(thread: HTMLElement): void {
  end(thread);
  const sought = location.hash.length > 1 ? thread.querySelector<HTMLElement>(`#${CSS.escape(location.hash.slice(1))}`) : null;
  if (sought) {
    sought.dataset.sought = "";
    return sought.scrollIntoView({ block: "center" });
  }
  const fresh = thread.querySelector<HTMLElement>("[data-first-unread]");
  if (fresh && fresh.offsetTop - thread.offsetTop < thread.scrollTop) thread.scrollTop = fresh.offsetTop - thread.offsetTop - 12;
}

function title(): void {
  const waiting = document.querySelector<HTMLElement>("#views-list")?.dataset.waiting ?? "";
  const name = document.querySelector<HTMLElement>("#ticket")?.dataset.title ?? document.querySelector("#list-pane h1")?.textContent?.trim();
  if (name) document.title = `${waiting && waiting !== "0" ? `(${waiting}) ` : ""}${name} · Ambidesk`;
}

export function watchThread(): void {
  each<HTMLElement>("[data-thread]", (thread) => {
    const ticket = thread.closest<HTMLElement>("[data-ticket]");
    let number = ticket?.dataset.ticket;
    let newest = thread.querySelector<HTMLElement>("#thread-rows")?.dataset.newest;
    let near = true;
    begin(thread);
    // Pictures and frames grow after they were put in place.
    thread.addEventListener("load", () => near && end(thread), true);
    thread.addEventListener("scroll", () => (near = thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_PIXELS), { passive: true });
    new ResizeObserver(() => near && end(thread)).observe(thread);
    new MutationObserver(() => {
      const now = thread.querySelector<HTMLElement>("#thread-rows")?.dataset.newest;
      if (ticket?.dataset.ticket !== number) {
        number = ticket?.dataset.ticket;
        begin(thread);
      } else if (near) end(thread);
      if (now !== newest && !document.hidden) void mention(ticket?.dataset.sightUrl ?? "", "POST");
      newest = now;
    }).observe(thread, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-newest"] });
  });
  document.addEventListener("htmx:afterSettle", title);
}
