/** Many tickets at once: x chooses rows of the list, a bar says how many, a panel changes them. */

import { name, typing } from "./keys";
import { say } from "./page";
import { unfold } from "./panels";
import { refreshAll } from "./stream";

const chosen = new Set<string>();
let everything = false;
let last = "";

function bar(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-bulk]");
}

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[data-pick-row]")];
}

function numberOf(box: HTMLInputElement): string {
  return box.dataset.pickRow ?? "";
}

/** Rows come and go by themselves; what is chosen stays chosen. */
function draw(): void {
  const all = boxes();
  for (const box of all) box.checked = everything || chosen.has(numberOf(box));
  const panel = bar();
  if (!panel) return;
  const is = everything || chosen.size > 0;
  panel.hidden = !is;
  document.querySelector("#list-pane")?.toggleAttribute("data-choosing", is);
  const count = panel.querySelector("[data-bulk-count]");
  const total = panel.dataset.total ?? "";
  if (count) count.textContent = say("Chosen: {n}", { n: everything ? total : String(chosen.size) });
  const more = panel.querySelector<HTMLElement>("[data-bulk-everything]");
  if (more) more.hidden = everything || !all.length || chosen.size < all.length || Number(total) === chosen.size;
}

function set(number: string, is: boolean): void {
  everything = false;
  if (is) chosen.add(number);
  else chosen.delete(number);
  last = number;
  draw();
}

/** From the row chosen last to this one, as with Shift in every list. */
function reachTo(number: string): void {
  const order = boxes().map(numberOf);
  const [from, to] = [order.indexOf(last), order.indexOf(number)];
  if (from < 0 || to < 0) return set(number, true);
  for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) chosen.add(each);
  last = number;
  draw();
}

function none(): void {
  chosen.clear();
  everything = false;
  draw();
}

function page(): void {
  for (const box of boxes()) chosen.add(numberOf(box));
  draw();
}

function row(): HTMLInputElement | undefined {
  const here = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-row]") ?? document.querySelector<HTMLElement>("[data-row]:has([aria-current])");
  return here?.querySelector<HTMLInputElement>("[data-pick-row]") ?? undefined;
}

async function choose(what: string): Promise<void> {
  const panel = document.getElementById("bulk-choices");
  const where = bar();
  if (!panel || !where) return;
  await unfold(panel, where.dataset.choicesUrl ?? "", where, `#bulk-${what}`);
}

function clicked(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const box = target.closest<HTMLInputElement>("[data-pick-row]");
  if (box) {
    if (event.shiftKey) reachTo(numberOf(box));
    else set(numberOf(box), box.checked);
  }
  if (target.closest("[data-bulk-page]")) page();
  if (target.closest("[data-bulk-everything]")) (everything = true), draw();
  if (target.closest("[data-bulk-end]")) none();
  if (target.closest("[data-batch-close]")) close(target);
  const what = target.closest<HTMLElement>("[data-bulk-choose]")?.dataset.bulkChoose;
  if (what) void choose(what);
}

function close(target: HTMLElement): void {
  const panel = document.getElementById("batch-report");
  if (panel?.matches(":popover-open")) panel.hidePopover();
  else target.closest(".batch")?.remove();
}

function pressed(event: KeyboardEvent): void {
  if (typing(event.target) || document.querySelector("dialog[open]") || event.defaultPrevented) return;
  const key = name(event);
  const box = row();
  if (key === "x" && box) set(numberOf(box), !chosen.has(numberOf(box)));
  else if (key === "m" && bar()?.hidden === false) void choose("macro");
  else if (key === "Escape" && bar()?.hidden === false && !document.querySelector(":popover-open")) none();
  else return;
  event.preventDefault();
  // One key, one thing: the desk's own meaning of it would follow.
  event.stopImmediatePropagation();
}

export function watchBulk(): void {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<{ elt: HTMLElement; parameters: Record<string, unknown> }>).detail;
    if (!elt.matches("[data-bulk-form]")) return;
    if (everything) Object.assign(parameters, { all: "1", view: bar()?.dataset.view ?? "" });
    else parameters["ticket"] = [...chosen];
  });
  document.body.addEventListener("batched", () => {
    document.getElementById("bulk-choices")?.hidePopover();
    none();
    refreshAll();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const panel = document.getElementById("batch-report");
    if (event.target === panel && panel?.hasAttribute("popover") && panel.childElementCount && !panel.matches(":popover-open")) {
      panel.showPopover();
      panel.querySelector<HTMLElement>("[data-batch-close]")?.focus();
    }
    if (event.target === panel && panel && !panel.childElementCount && panel.matches(":popover-open")) panel.hidePopover();
    if ((event.target as HTMLElement).closest("#list-pane, #list-scroll")) draw();
  });
}
