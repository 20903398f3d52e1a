/** Keys: elements say by data-key which key presses them, by data-focus-key which one leads to them. */

import { say } from "./page";

const PAIR_MILLISECONDS = 900;
// Russian letters stand where the Latin ones are on the keyboard: the key counts, not the layout.
const CODES: Record<string, string> = { Slash: "/", Period: ".", Comma: "," };

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function name(event: KeyboardEvent): string {
  const held = (event.ctrlKey || event.metaKey ? "Control+" : "") + (event.altKey ? "Alt+" : "");
  if (event.key === "?" || event.key === ",") return held + event.key;
  if (/^Key[A-Z]$/.test(event.code)) return held + event.code.slice(3).toLowerCase();
  return held + (event.shiftKey ? event.key : (CODES[event.code] ?? event.key));
}

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 || element.closest("details[data-menu]") !== null;
}

function find(attribute: string, key: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>(`[${attribute}="${CSS.escape(key)}"]`);
  return [...all].find(visible);
}

function press(key: string): boolean {
  const button = find("data-key", key);
  if (button) {
    button.click();
    return true;
  }
  const field = find("data-focus-key", key);
  if (!field) return false;
  for (let menu = field.closest("details"); menu; menu = menu.parentElement?.closest("details") ?? null) menu.open = true;
  window.setTimeout(() => field.focus());
  return true;
}

function help(): void {
  const dialog = document.getElementById("keys") as HTMLDialogElement | null;
  const list = dialog?.querySelector("dl");
  if (!dialog || !list) return;
  const rows = new Map<string, string>([
    ["j / k", say("Next and previous")],
    ["Enter", say("Open")],
    ["Ctrl K", say("Everything by its name")],
    ["Ctrl Enter", say("Send")],
    ["Esc", say("Close")],
  ]);
  for (const element of document.querySelectorAll<HTMLElement>("[data-key], [data-focus-key]")) {
    const words = element.dataset.command ?? element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
    if (words) rows.set((element.dataset.key ?? element.dataset.focusKey ?? "").replace("Control+", "Ctrl "), words);
  }
  list.replaceChildren(
    ...[...rows].map(([key, words]) => {
      const row = document.createElement("div");
      const kbd = Object.assign(document.createElement("kbd"), { className: "kbd", textContent: key });
      const dd = document.createElement("dd");
      dd.append(kbd);
      row.append(Object.assign(document.createElement("dt"), { textContent: words }), dd);
      return row;
    }),
  );
  dialog.showModal();
}

export function watchKeys(): void {
  let first = "";
  let since = 0;
  document.addEventListener("keydown", (event) => {
    const key = name(event);
    if (event.defaultPrevented || event.isComposing) return;
    if (typing(event.target)) {
      if (key === "Escape") (event.target as HTMLElement).blur();
      if (!key.startsWith("Control+") || key === "Control+z") return;
    }
    if (document.querySelector("dialog[open]")) return;
    const pair = first && event.timeStamp - since < PAIR_MILLISECONDS ? `${first} ${key}` : "";
    const done = (pair && press(pair)) || (key === "?" ? (help(), true) : press(key));
    first = done ? "" : key;
    since = event.timeStamp;
    if (done) event.preventDefault();
  });
  document.querySelector("[data-show-keys]")?.addEventListener("click", help);
}
