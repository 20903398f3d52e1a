/** Keys: elements say by data-key which key presses them, by data-focus-key which one leads to them. */

import { say } from "./page";
import { reach } from "./reaching";

const PAIR_MILLISECONDS = 900;
// Russian letters stand where the Latin ones are on the keyboard: the key counts, not the layout.
const CODES: Record<string, string> = { Slash: "/", Period: ".", Comma: ",", BracketLeft: "[", BracketRight: "]", Backslash: "\\" };

export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

/** The name of a key in the way in which elements name it: "r", "?", "Shift+r", "Control+Enter". */
export function name(event: KeyboardEvent): string {
  const held = (event.ctrlKey || event.metaKey ? "Control+" : "") + (event.altKey ? "Alt+" : "");
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return `${held}?`;
  const shift = event.shiftKey ? "Shift+" : "";
  if (/^Key[A-Z]$/.test(event.code)) return held + shift + event.code.slice(3).toLowerCase();
  const sign = CODES[event.code];
  if (sign && !event.shiftKey) return held + sign;
  return held + (event.key.length > 1 ? shift : "") + event.key;
}

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 || element.closest("details[data-menu]") !== null;
}

function press(key: string): boolean {
  for (const attribute of ["data-key", "data-focus-key"]) {
    const all = document.querySelectorAll<HTMLElement>(`[${attribute}="${CSS.escape(key)}"]`);
    const element = [...all].find(visible);
    if (!element) continue;
    reach(element);
    return true;
  }
  return false;
}

/** Sending works from within the editor; an empty one has nothing of its own to undo. */
function passes(key: string, target: HTMLElement): boolean {
  if (key === "Control+z") return target.closest("[data-composer]")?.hasAttribute("data-empty") ?? false;
  return key === "Control+Enter" || key === "Control+Shift+Enter";
}

export function shown(key: string): string {
  return key.replaceAll("Control+", "Ctrl ").replaceAll("Shift+", "Shift ");
}

function rows(): Map<string, string> {
  const found = new Map<string, string>([
    ["j / k", say("Next and previous")],
    ["Enter", say("Open")],
    ["Ctrl K", say("Everything by its name")],
    ["[ ] \\", say("Fold views, card, list")],
    ["Esc", say("Close")],
  ]);
  for (const element of document.querySelectorAll<HTMLElement>("[data-key], [data-focus-key]")) {
    const words = element.dataset.command ?? element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
    const key = shown(element.dataset.key ?? element.dataset.focusKey ?? "");
    if (words && !found.has(key)) found.set(key, words);
  }
  return found;
}

function help(): void {
  const dialog = document.getElementById("keys") as HTMLDialogElement | null;
  const list = dialog?.querySelector("dl");
  if (!dialog || !list) return;
  list.replaceChildren(
    ...[...rows()].map(([key, words]) => {
      const row = document.createElement("div");
      const dd = document.createElement("dd");
      dd.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: key }));
      row.append(Object.assign(document.createElement("dt"), { textContent: words }), dd);
      return row;
    }),
  );
  list.removeAttribute("role");
  dialog.showModal();
}

export function watchKeys(): void {
  let first = "";
  let since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const key = name(event);
    const target = event.target as HTMLElement;
    // ProseMirror calls every Enter its own, also the one that sends.
    if (event.defaultPrevented && !(typing(target) && passes(key, target))) return;
    if (typing(target)) {
      if (key === "Escape") target.blur();
      if (!passes(key, target)) return;
    }
    if (document.querySelector("dialog[open]")) return;
    const pair = first && event.timeStamp - since < PAIR_MILLISECONDS ? `${first} ${key}` : "";
    const done = (pair && press(pair)) || (key === "?" ? (help(), true) : press(key));
    first = done ? "" : key;
    since = event.timeStamp;
    if (done) event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-show-keys]")) button.addEventListener("click", help);
}
