/** Lists: j and k go through the rows, Enter opens one; what is done makes room for the next. */

import htmx from "./htmx";
import { name, typing } from "./keys";

/** The order in which rows stood when a ticket was opened: it may leave the list before it is done. */
let order: string[] = [];

function rows(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("[data-row] > a")];
}

function visible(): HTMLAnchorElement[] {
  return rows().filter((row) => row.getClientRects().length);
}

function numberOf(row: Element): string {
  return row.closest<HTMLElement>("[data-row]")?.dataset.row ?? "";
}

function opened(): string {
  return document.querySelector<HTMLElement>("#ticket")?.dataset.ticket ?? "";
}

function go(step: number): void {
  const seen = visible();
  const all = seen.length ? seen : rows();
  const focused = all.findIndex((row) => row === document.activeElement);
  const from = focused >= 0 ? focused : all.findIndex((row) => row.getAttribute("aria-current"));
  const next = all[Math.max(0, Math.min(from + step, all.length - 1))];
  if (!next) return;
  if (!seen.length) return next.click();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** Open what followed the ticket in the list, else what stands first, or say that nothing is left. */
function proceed(number: string): void {
  const at = order.indexOf(number);
  const after = at < 0 ? rows().map(numberOf) : order.slice(at + 1).concat(order.slice(0, at).reverse());
  const next = after.filter((each) => each !== number).map((each) => rows().find((row) => numberOf(row) === each)).find(Boolean);
  if (next) next.click();
  else showNothing();
}

function showNothing(): void {
  const pane = document.getElementById("thread-pane");
  const nothing = document.querySelector<HTMLTemplateElement>("#nothing-open");
  if (!pane || !nothing) return;
  pane.replaceChildren(nothing.content.cloneNode(true));
  back();
}

function back(): void {
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  desk?.setAttribute("data-shown", "list");
  const list = document.querySelector<HTMLElement>("#list-rows")?.getAttribute("hx-get")?.split("?")[0];
  if (list) history.pushState({}, "", list);
}

function mark(number: string): void {
  const all = rows();
  if (all.some((row) => numberOf(row) === number)) order = all.map(numberOf);
  for (const row of all) {
    const current = numberOf(row) === number;
    row.toggleAttribute("aria-current", current);
    if (current) row.setAttribute("aria-current", "true");
  }
}

export function watchLists(): void {
  mark(opened());
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = name(event);
    if (key !== "j" && key !== "k") return;
    go(key === "j" ? 1 : -1);
    event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<{ elt: HTMLElement; parameters: Record<string, string> }>).detail;
    if (elt.id !== "list-rows") return;
    parameters["open"] = opened();
    parameters["shown"] = String(rows().length);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.target as HTMLElement;
    if (target.id === "thread-pane") document.querySelector<HTMLElement>("[data-desk]")?.setAttribute("data-shown", "thread");
    if (target.closest("#thread-pane, #list-rows")) mark(opened());
  });
  document.body.addEventListener("ended", (event) => {
    const number = String((event as CustomEvent<{ number: number }>).detail.number);
    // Who went on meanwhile is not moved once more.
    if (number === opened()) proceed(number);
  });
  document.addEventListener("open-ticket", (event) => {
    const url = (event as CustomEvent<string>).detail;
    if (url.endsWith(`/${opened()}`)) return;
    void htmx.ajax("get", url, { target: "#thread-pane", swap: "innerHTML" }).then(() => history.pushState({}, "", url));
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-back]") || !rows().length) return;
    event.preventDefault();
    back();
  });
}
