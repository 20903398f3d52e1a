/** The palette: everything that can be done here, by its name. */

import { shown as named } from "./keys";
import { say } from "./page";
import { reach } from "./reaching";

interface Command {
  words: string;
  key: string;
  run: () => void;
}

function commands(): Command[] {
  const found = new Map<string, Command>();
  // What can be done with the ticket that is open comes first.
  const all = [...document.querySelectorAll<HTMLElement>("#ticket [data-command]"), ...document.querySelectorAll<HTMLElement>("[data-command]")];
  for (const element of all) {
    const words = element.dataset.command ?? "";
    if (!words || found.has(words) || element.closest("[hidden]")) continue;
    const key = element.dataset.key ?? element.dataset.focusKey ?? "";
    found.set(words, { words, key, run: () => reach(element) });
  }
  return [...found.values()];
}

function matches(words: string, typed: string): boolean {
  const text = words.toLocaleLowerCase();
  return typed.toLocaleLowerCase().split(/\s+/).every((part) => text.includes(part));
}

export function watchPalette(): void {
  const dialog = document.getElementById("palette") as HTMLDialogElement | null;
  const field = dialog?.querySelector("input");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  if (!dialog || !field || !list) return;
  let shown: Command[] = [];
  let chosen = 0;

  const choose = (index: number): void => {
    chosen = Math.max(0, Math.min(index, shown.length - 1));
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    if (shown.length) field.setAttribute("aria-activedescendant", `command-${chosen}`);
  };
  const run = (index: number): void => {
    const command = shown[index];
    dialog.close();
    if (command) window.setTimeout(command.run);
    else if (field.value.trim()) window.location.assign(`/search?q=${encodeURIComponent(field.value.trim())}`);
  };
  const draw = (): void => {
    shown = commands().filter((command) => matches(command.words, field.value.trim()));
    list.replaceChildren(...shown.map((command, index) => option(command, index, () => run(index))));
    if (!shown.length && field.value.trim()) list.textContent = say("Enter searches for it everywhere.");
    choose(0);
  };

  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") run(chosen);
    else return;
    event.preventDefault();
  });
  const open = (): void => {
    field.value = "";
    dialog.showModal();
    draw();
    field.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyK") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  for (const button of document.querySelectorAll("[data-show-palette]")) button.addEventListener("click", open);
}

function option(command: Command, index: number, run: () => void): HTMLElement {
  const row = Object.assign(document.createElement("div"), { id: `command-${index}` });
  row.setAttribute("role", "option");
  row.append(Object.assign(document.createElement("span"), { textContent: command.words }));
  if (command.key) row.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: named(command.key) }));
  row.addEventListener("click", run);
  return row;
}
