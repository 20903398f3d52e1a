/** Presence: tells colleagues who looks at a ticket and who answers it; in a chat, that somebody types. */

import { each, mention } from "./page";

const EVERY = 15_000;
const TYPING_EVERY = 3000;
const TYPES_FOR = 7500;

interface Told {
  words: string;
  types?: string;
  there?: { words: string; state: string };
}

export function watchPresence(): void {
  each<HTMLElement>("[data-presence-url]", (ticket) => {
    let typed = 0;
    const tell = async (typing?: boolean): Promise<void> => {
      if (!ticket.isConnected) return window.clearInterval(beat);
      if (document.hidden) return;
      const doing = ticket.querySelector(".composer [data-dirty]") ? "answering" : "looking";
      const facts = new URLSearchParams({ doing, ...(typing === undefined ? {} : { typing: typing ? "1" : "0" }) });
      const answer = await mention(ticket.dataset.presenceUrl ?? "", "POST", facts);
      if (answer?.ok) show(ticket, (await answer.json()) as Told);
    };
    const types = (): void => {
      const composer = ticket.querySelector<HTMLElement>("[data-composer]");
      if (ticket.dataset.chat === undefined || composer?.dataset.mode !== "reply") return;
      const isEmpty = !composer.querySelector("[data-dirty]");
      if (isEmpty ? !typed : performance.now() - typed < TYPING_EVERY) return;
      typed = isEmpty ? 0 : performance.now();
      void tell(!isEmpty);
    };
    const beat = window.setInterval(() => void tell(), EVERY);
    void tell();
    document.addEventListener("hint", (event) => {
      const topic = `ticket:${ticket.dataset.ticket ?? ""}:presence`;
      if ((event as CustomEvent<string>).detail === topic) void tell();
    });
    ticket.addEventListener("input", () => void tell(), { once: true });
    ticket.addEventListener("input", () => window.setTimeout(types));
    document.body.addEventListener("answered", () => (typed = 0));
    void mention(ticket.dataset.sightUrl ?? "", "POST");
  });
}

let silence = 0;

function show(ticket: HTMLElement, told: Told): void {
  put(ticket.querySelector("[data-presence]"), told.words);
  const visitor = ticket.querySelector<HTMLElement>("[data-visitor-there]");
  if (visitor && told.there) {
    put(visitor, told.there.words);
    visitor.dataset.state = told.there.state;
  }
  const place = ticket.querySelector("[data-visitor-types]");
  put(place, told.types ?? "");
  window.clearTimeout(silence);
  if (told.types) silence = window.setTimeout(() => put(place, ""), TYPES_FOR);
}

function put(place: Element | null, words: string): void {
  if (place && place.textContent !== words) place.textContent = words;
}
