/** Panes: views and card are folded by a key; what is folded is remembered. */

const KEPT = "ambidesk.panes";
const KEYS: Record<string, string> = { BracketLeft: "views", BracketRight: "card" };

export function watchPanes(): void {
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  if (!desk) return;
  const hidden = new Set((localStorage.getItem(KEPT) ?? "").split(" ").filter(Boolean));
  const draw = (): void => {
    desk.dataset.hide = [...hidden].join(" ");
  };
  draw();
  document.addEventListener("keydown", (event) => {
    const pane = KEYS[event.code];
    const target = event.target as HTMLElement;
    if (!pane || event.ctrlKey || event.metaKey || target.isContentEditable || target.matches("input, textarea, select")) return;
    if (pane === "card" && window.innerWidth < 1100) desk.toggleAttribute("data-show-card");
    else if (!hidden.delete(pane)) hidden.add(pane);
    localStorage.setItem(KEPT, [...hidden].join(" "));
    draw();
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-show-card-button]")) desk.toggleAttribute("data-show-card");
  });
}
