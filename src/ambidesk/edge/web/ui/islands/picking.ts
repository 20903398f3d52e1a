/** Picking messages: check marks beside them, and a bar that splits them off or moves them. */

import { closeMenus } from "./menus";
import { say } from "./page";

function set(is: boolean): void {
  const ticket = document.querySelector<HTMLElement>("#ticket");
  const bar = document.querySelector<HTMLElement>("#pick-form");
  if (!ticket || !bar) return;
  ticket.toggleAttribute("data-picking", is);
  bar.hidden = !is;
  if (!is) for (const box of ticket.querySelectorAll<HTMLInputElement>(".pick:checked")) box.checked = false;
  count();
  if (is) ticket.querySelector<HTMLElement>(".pick")?.focus();
}

function count(): void {
  const picked = document.querySelectorAll("#ticket .pick:checked").length;
  const place = document.querySelector("[data-picked]");
  if (place) place.textContent = picked ? say("Chosen: {n}", { n: String(picked) }) : say("Choose messages");
}

export function watchPicking(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-pick-messages]")) {
      closeMenus();
      set(true);
    } else if (target.closest("[data-pick-end]")) set(false);
  });
  document.addEventListener("change", (event) => {
    if ((event.target as Element).matches(".pick")) count();
  });
  document.body.addEventListener("regrouped", () => set(false));
}
