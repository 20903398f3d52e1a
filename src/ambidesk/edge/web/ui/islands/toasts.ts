/** Toasts: what was done, with its undo; eight seconds, longer while looked at. */

import { each, heard, say, mention } from "./page";
import { refreshAll } from "./stream";

interface Toast {
  message: string;
  kind?: string;
  undo_url?: string;
  undo_method?: string;
  back_url?: string;
}

const SECONDS = 8;

export function toast(told: Toast): void {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.kind = told.kind ?? "done";
  box.append(Object.assign(document.createElement("span"), { textContent: told.message }));
  if (told.undo_url) box.append(undoButton(box, told));
  region.replaceChildren(box);
  let left = SECONDS;
  const tick = window.setInterval(() => {
    if (box.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0 && box.isConnected) return;
    window.clearInterval(tick);
    box.remove();
  }, 1000);
}

function undoButton(box: HTMLElement, told: Toast): HTMLButtonElement {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: say("Undo") });
  button.dataset.key = "Control+z";
  button.addEventListener("click", () => {
    box.remove();
    void undo(told);
  });
  return button;
}

async function undo(told: Toast): Promise<void> {
  const answer = await mention(told.undo_url ?? "", told.undo_method ?? "POST");
  if (!answer) return toast({ ...told, message: say("No connection. Nothing is lost: try again."), kind: "refused" });
  heard(answer);
  if (!answer.ok) return;
  refreshAll();
  if (told.back_url) document.dispatchEvent(new CustomEvent("open-ticket", { detail: told.back_url }));
}

export function watchToasts(): void {
  document.body.addEventListener("toast", (event) => toast((event as CustomEvent<Toast>).detail));
  each<HTMLElement>("[data-toast]", ({ dataset }) =>
    toast({ message: dataset.toast ?? "", ...(dataset.undo ? { undo_url: dataset.undo } : {}) }),
  );
}
