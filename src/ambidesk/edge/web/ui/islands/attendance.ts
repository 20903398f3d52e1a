/** Attendance: who touches nothing for long is away until they do; all tabs of a browser count as one. */

import htmx from "./htmx";
import { mention } from "./page";

const KEY = "ambidesk.touched";
const EVERY = 5_000;
const LOOKS = 10_000;

function touched(): number {
  return Number(localStorage.getItem(KEY) ?? "0");
}

function bar(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-attends]");
}

async function tell(status: string): Promise<void> {
  const place = bar();
  const answer = place && (await mention(place.dataset.attends ?? "", "POST", new URLSearchParams({ status })));
  if (answer?.status === 200) htmx.trigger(place as Element, "refresh", {});
}

export function watchAttendance(): void {
  let idle = false;
  const touch = (): void => {
    const now = Date.now();
    if (now - touched() > EVERY) localStorage.setItem(KEY, String(now));
    if (!idle) return;
    idle = false;
    void tell("back");
  };
  for (const name of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(name, touch, { capture: true, passive: true });
  }
  localStorage.setItem(KEY, String(Date.now()));
  window.setInterval(() => {
    const place = bar();
    if (!place || idle || !["online", "busy"].includes(place.dataset.status ?? "")) return;
    if (Date.now() - touched() < Number(place.dataset.awayAfter) * 1000) return;
    idle = true;
    void tell("idle");
  }, LOOKS);
}
