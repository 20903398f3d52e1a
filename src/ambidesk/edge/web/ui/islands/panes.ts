/** Panes: folded by keys, as wide as they were drawn; both are remembered. */

import { name, typing } from "./keys";

const KEPT = "ambidesk.panes";
const KEYS: Record<string, string> = { "[": "views", "]": "card", "\\": "list" };
const LIMITS: Record<string, [number, number]> = { views: [160, 360], list: [280, 560], card: [240, 480] };
const DRAWER = 1100;
const STEP = 16;

interface Kept {
  hidden: string[];
  widths: Record<string, number>;
}

function read(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Kept>;
    return { hidden: kept.hidden ?? [], widths: kept.widths ?? {} };
  } catch {
    return { hidden: [], widths: {} };
  }
}

export function watchPanes(): void {
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  if (!desk) return;
  const kept = read();
  const save = (): void => localStorage.setItem(KEPT, JSON.stringify(kept));
  const draw = (): void => {
    desk.dataset.hide = kept.hidden.join(" ");
    for (const [pane, width] of Object.entries(kept.widths)) {
      if (LIMITS[pane]) desk.style.setProperty(`--${pane}-drawn`, `${width}px`);
    }
  };
  draw();

  const fold = (pane: string): void => {
    if (pane === "card" && window.innerWidth < DRAWER) desk.toggleAttribute("data-show-card");
    else kept.hidden = kept.hidden.includes(pane) ? kept.hidden.filter((each) => each !== pane) : [...kept.hidden, pane];
    save();
    draw();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") desk.removeAttribute("data-show-card");
    const pane = KEYS[name(event)];
    if (pane && !typing(event.target) && !document.querySelector("dialog[open]")) fold(pane);
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-show-card-button]")) desk.toggleAttribute("data-show-card");
    else if (!target.closest("#card-pane, #choices")) desk.removeAttribute("data-show-card");
  });

  const widen = (pane: string, width: number): void => {
    const [least, most] = LIMITS[pane] ?? [0, 0];
    kept.widths[pane] = Math.round(Math.max(least, Math.min(width, most)));
    draw();
  };
  document.addEventListener("pointerdown", (event) => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    const pane = grip?.closest<HTMLElement>("[data-pane]");
    if (!grip || !pane) return;
    event.preventDefault();
    const sign = grip.dataset.grip === "left" ? -1 : 1;
    const from = event.clientX;
    const width = pane.offsetWidth;
    const move = (moved: PointerEvent): void => widen(pane.dataset.pane ?? "", width + sign * (moved.clientX - from));
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", () => (document.removeEventListener("pointermove", move), save()), { once: true });
  });
  document.addEventListener("keydown", (event) => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    const pane = grip?.closest<HTMLElement>("[data-pane]");
    if (!grip || !pane || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const sign = (event.key === "ArrowRight" ? 1 : -1) * (grip.dataset.grip === "left" ? -1 : 1);
    widen(pane.dataset.pane ?? "", pane.offsetWidth + sign * STEP);
    save();
    event.preventDefault();
  });
}
