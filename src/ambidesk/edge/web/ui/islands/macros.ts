/** Macros: found by name, tried out, applied; all of it by keys. */

import htmx from "./htmx";
import { unfold } from "./panels";

function panel(): HTMLElement | null {
  return document.getElementById("macros");
}

function options(): HTMLElement[] {
  return [...(panel()?.querySelectorAll<HTMLElement>("[data-macro]") ?? [])].filter((each) => !each.hidden);
}

function chosen(): number {
  return options().findIndex((each) => each.getAttribute("aria-selected") === "true");
}

function choose(index: number): void {
  const all = options();
  const at = Math.max(0, Math.min(index, all.length - 1));
  panel()?.querySelectorAll("[data-macro]").forEach((each) => each.setAttribute("aria-selected", "false"));
  all[at]?.setAttribute("aria-selected", "true");
  all[at]?.scrollIntoView({ block: "nearest" });
}

function narrow(typed: string): void {
  const parts = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const each of panel()?.querySelectorAll<HTMLElement>("[data-macro]") ?? []) {
    const text = (each.textContent ?? "").toLocaleLowerCase();
    each.hidden = !parts.every((part) => text.includes(part));
  }
  const none = panel()?.querySelector<HTMLElement>("[data-macro-none]");
  if (none) none.hidden = options().length > 0 || !parts.length;
  choose(0);
}

async function open(): Promise<void> {
  const box = panel();
  const number = document.querySelector<HTMLElement>("#ticket")?.dataset.ticket;
  if (!box || !number) return;
  const buttons = [...document.querySelectorAll("[data-macros]")];
  const button = buttons.find((each) => each.getClientRects().length) ?? document.body;
  await unfold(box, `/tickets/${number}/macros`, button, "[data-macro-filter]");
  narrow("");
}

/** The list gives way to what the macro would do; the button that does it has the focus. */
async function tryOut(option: HTMLElement | undefined): Promise<void> {
  const box = panel();
  const url = option?.dataset.previewUrl;
  if (!box || !url) return;
  await htmx.ajax("post", url, { target: box, swap: "innerHTML" });
  box.querySelector<HTMLElement>("button[type=submit], [data-macro-back]")?.focus();
}

export function watchMacros(): void {
  const box = panel();
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-macros], [data-macro-back]")) void open();
    const option = target.closest<HTMLElement>("[data-macro]");
    if (option) void tryOut(option);
  });
  box?.addEventListener("input", (event) => narrow((event.target as HTMLInputElement).value));
  box?.addEventListener("keydown", (event) => {
    if (!(event.target as Element).matches("[data-macro-filter]")) return;
    if (event.key === "ArrowDown") choose(chosen() + 1);
    else if (event.key === "ArrowUp") choose(chosen() - 1);
    else if (event.key === "Enter") void tryOut(options()[chosen()]);
    else return;
    event.preventDefault();
  });
  document.body.addEventListener("applied", () => panel()?.hidePopover());
}
