/** Scripts on a ticket: answered by digits and Enter, back by Shift+Enter, left by Escape. */

import { typing } from "./keys";

const FIRST = "[data-script] .script-step :is(input:not([type=hidden]), [data-script-first])";

function panel(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>("[data-script]");
}

/** A choice made before is where the focus goes, else the first thing that can be done. */
function enter(): void {
  const box = panel();
  if (!box) return;
  box.open = true;
  const wrong = box.querySelector<HTMLElement>("[aria-invalid]");
  const first = wrong ?? box.querySelector<HTMLElement>("input:checked") ?? document.querySelector<HTMLElement>(FIRST);
  first?.focus();
  box.scrollIntoView({ block: "nearest" });
}

function choose(digit: string): boolean {
  const input = panel()?.querySelector<HTMLInputElement>(`input[data-digit="${CSS.escape(digit)}"]`);
  if (!input) return false;
  input.focus();
  input.checked = input.type === "radio" || !input.checked;
  return true;
}

function pressed(event: KeyboardEvent, form: HTMLFormElement): boolean {
  const target = event.target as HTMLElement;
  if (event.key === "Escape") {
    const box = form.closest<HTMLDetailsElement>("[data-script]");
    if (box) box.open = false;
    target.blur();
    return true;
  }
  if (event.key === "Enter" && event.shiftKey) {
    form.querySelector<HTMLElement>("[data-script-back]")?.click();
    return true;
  }
  if (event.key === "Enter" && target.matches("input")) {
    form.querySelector<HTMLElement>("[data-script-first]")?.click();
    return true;
  }
  return /^[1-9]$/.test(event.key) && !typing(target) && choose(event.key);
}

function listed(event: KeyboardEvent, list: HTMLElement): boolean {
  const all = [...list.querySelectorAll<HTMLElement>("[data-script-offer]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
  else if (event.key === "ArrowUp") all[Math.max(at - 1, 0)]?.focus();
  else return false;
  return true;
}

export function watchScripts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    const form = target.closest<HTMLFormElement>("[data-script-step]");
    const list = target.closest<HTMLElement>("[data-script-list]");
    const done = form ? pressed(event, form) : list ? listed(event, list) : false;
    if (done) (event.preventDefault(), event.stopPropagation());
  }, true);
  document.addEventListener("click", (event) => {
    const words = (event.target as Element).closest<HTMLElement>("[data-phrase]")?.dataset.phrase;
    const number = document.querySelector<HTMLElement>("#ticket")?.dataset.ticket;
    if (words && number) document.body.dispatchEvent(new CustomEvent("phrased", { detail: { number, text: words } }));
  });
  // After the morph has put the next step where the old one was.
  document.body.addEventListener("scripted", () => {
    document.getElementById("choices")?.hidePopover();
    window.setTimeout(enter);
  });
  document.body.addEventListener("answered", () => {
    if (panel()?.open) window.setTimeout(enter);
  });
}
