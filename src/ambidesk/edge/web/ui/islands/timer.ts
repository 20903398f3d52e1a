/** A timer beside the field of minutes: it goes on while pages change, and fills the form when stopped. */

import { each, say } from "./page";

const MINUTE = 60_000;

export function watchTimers(): void {
  each<HTMLButtonElement>("button[data-timer]", (button) => {
    const key = `timer:${button.dataset.timer ?? ""}`;
    const words = button.querySelector("span");
    const show = (): void => {
      const began = Number(localStorage.getItem(key));
      if (words) words.textContent = began ? say("Stop the timer: {minutes} min", { minutes: String(minutes(began)) }) : say("Start the timer");
      button.setAttribute("aria-pressed", String(began > 0));
    };
    button.addEventListener("click", () => {
      const began = Number(localStorage.getItem(key));
      if (began) {
        fill(button, began);
        localStorage.removeItem(key);
      } else {
        localStorage.setItem(key, String(Date.now()));
      }
      show();
    });
    const clock = window.setInterval(() => (button.isConnected ? show() : window.clearInterval(clock)), MINUTE / 4);
    show();
  });
}

function minutes(began: number): number {
  return Math.max(Math.round((Date.now() - began) / MINUTE), 1);
}

function fill(button: HTMLButtonElement, began: number): void {
  const field = (name: string): HTMLInputElement | null => button.form?.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? null;
  const length = field("minutes");
  const start = field("began_at");
  if (length) length.value = String(Math.min(minutes(began), Number(length.max)));
  if (!start) return;
  const here = new Date(began - new Date(began).getTimezoneOffset() * MINUTE);
  start.value = here.toISOString().slice(0, 16);
}
