/** Presence: tells colleagues who looks at a ticket and who answers it; marks it as read. */

import { each, mention } from "./page";

const EVERY = 15_000;

export function watchPresence(): void {
  each<HTMLElement>("[data-presence-url]", (ticket) => {
    const tell = async (): Promise<void> => {
      if (!ticket.isConnected) return window.clearInterval(beat);
      if (document.hidden) return;
      const doing = ticket.querySelector(".composer [data-dirty]") ? "answering" : "looking";
      const answer = await mention(ticket.dataset.presenceUrl ?? "", "POST", new URLSearchParams({ doing }));
      if (answer?.ok) show(ticket, ((await answer.json()) as { words: string }).words);
    };
    const beat = window.setInterval(() => void tell(), EVERY);
    void tell();
    document.addEventListener("hint", (event) => {
      const topic = `ticket:${ticket.dataset.ticket ?? ""}:presence`;
      if ((event as CustomEvent<string>).detail === topic) void tell();
    });
    ticket.addEventListener("input", () => void tell(), { once: true });
    void mention(ticket.dataset.sightUrl ?? "", "POST");
  });
}

function show(ticket: HTMLElement, words: string): void {
  const place = ticket.querySelector("[data-presence]");
  if (place && place.textContent !== words) place.textContent = words;
}
