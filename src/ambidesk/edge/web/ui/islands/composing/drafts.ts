/** Drafts: kept on the server while typing; without a connection in this browser until it is back. */

import { say, send } from "../page";

export interface Draft {
  kind: string;
  text: string;
  html: string;
}

const PAUSE = 700;
const AGAIN = 10_000;

export class Draftsman {
  private waiting = 0;
  private readonly key: string;

  constructor(private readonly url: string, number: string, private readonly place: HTMLElement | null) {
    this.key = `ambidesk.draft.${number}`;
  }

  /** What could not be saved when it was typed. */
  left(): Draft | undefined {
    const kept = localStorage.getItem(this.key);
    return kept ? (JSON.parse(kept) as Draft) : undefined;
  }

  /** Save after a pause; the newest wins. */
  later(read: () => Draft, pause = PAUSE): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.save(read), pause);
  }

  pause(): void {
    window.clearTimeout(this.waiting);
  }

  /** Forget what waits to be saved: it was sent. */
  done(): void {
    this.pause();
    localStorage.removeItem(this.key);
    this.tell("");
  }

  private async save(read: () => Draft): Promise<void> {
    const draft = read();
    try {
      const answer = await send(this.url, "PUT", JSON.stringify(draft));
      if (!answer.ok) throw new Error(String(answer.status));
      localStorage.removeItem(this.key);
      this.tell(draft.text ? say("Draft saved") : "");
    } catch {
      localStorage.setItem(this.key, JSON.stringify(draft));
      this.tell(say("Kept in this browser"));
      this.later(read, AGAIN);
    }
  }

  private tell(words: string): void {
    if (this.place) this.place.textContent = words;
  }
}
