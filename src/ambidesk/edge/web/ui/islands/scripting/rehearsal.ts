/** A rehearsal: the script is walked through as it is written, on the server, without a ticket. */

import { send } from "../page";

export function rehearse(box: HTMLElement, url: string, flow: () => string): void {
  const go = async (way: string): Promise<void> => {
    const body = new URLSearchParams({ flow: flow(), way });
    if (way) body.set("trail", box.querySelector<HTMLInputElement>("[data-trail]")?.value ?? "[]");
    for (const field of box.querySelectorAll<HTMLInputElement>("[data-rehearsed]")) {
      if (way === "next" && (field.checked || !["radio", "checkbox"].includes(field.type))) body.append("answer", field.value);
    }
    const answer = await send(url, "POST", body);
    // What stands there stays: it can be pressed once more.
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.replaceChildren(...parsed.body.childNodes);
    box.querySelector<HTMLElement>("[data-rehearsed], [data-rehearse]")?.focus();
  };
  box.addEventListener("click", (event) => {
    const way = (event.target as Element).closest<HTMLElement>("[data-rehearse]")?.dataset.rehearse;
    if (way !== undefined) void go(way);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target as Element).matches("[data-rehearsed]")) return;
    event.preventDefault();
    void go(event.shiftKey ? "back" : "next");
  });
}
