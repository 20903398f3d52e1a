/**
 * The stream: one a browser. One tab leads and holds it; it brings hints, and the talk is fetched. A
 * hint may have notes (the id of a message, that somebody types), by which fetching is often spared.
 */

import type { Api } from "./api";

const FIRST = 1500;
const LAST = 30_000;
const HINT = /^event: hint$/m;
const BANNER = /^event: banner$/m;
const DATA = /^data: (.*)$/m;
// The desk says every 15 seconds that it is still there.
const SILENT = 40_000;

export class Stream {
  private stop: AbortController | undefined;
  private pause = FIRST;
  private asks = false;
  private leads = false;
  private timer = 0;

  constructor(
    private readonly api: Api,
    private readonly lock: string,
    private readonly hinted: (notes: string[]) => void,
    private readonly announced: () => void,
  ) {
    window.addEventListener("online", () => this.again());
    window.addEventListener("offline", () => this.stop?.abort());
  }

  /** Lead as soon as no other tab does. */
  begin(): void {
    if (this.leads) return this.again();
    if (this.asks) return;
    this.asks = true;
    const lead = (): Promise<void> => {
      this.leads = true;
      this.again();
      return new Promise(() => undefined);
    };
    if (navigator.locks) void navigator.locks.request(this.lock, lead).catch(() => undefined);
    else void lead();
  }

  /** Connect anew: with another token, to another ticket, or after a loss. */
  again(): void {
    window.clearTimeout(this.timer);
    this.stop?.abort();
    this.pause = FIRST;
    if (this.leads && this.api.token) void this.run();
  }

  private async run(): Promise<void> {
    const stop = new AbortController();
    this.stop = stop;
    try {
      await this.listen(stop);
    } catch {
      // Lost, refused or stopped: the talk itself tells which.
    }
    if (stop.signal.aborted && this.stop !== stop) return;
    this.timer = window.setTimeout(() => this.leads && this.api.token && void this.run(), this.pause * (1 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LAST);
  }

  private async listen(stop: AbortController): Promise<void> {
    const answer = await fetch(this.api.url("stream"), { headers: this.api.headers(), credentials: "omit", cache: "no-store", signal: stop.signal });
    if (!answer.ok || !answer.body) throw new Error(String(answer.status));
    this.pause = FIRST;
    this.hinted([]);
    this.announced();
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let watch = 0;
    let tail = "";
    for (;;) {
      window.clearTimeout(watch);
      watch = window.setTimeout(() => stop.abort(), SILENT);
      const { done, value } = await reader.read();
      if (done) return window.clearTimeout(watch);
      const events = (tail + decoder.decode(value, { stream: true })).split("\n\n");
      tail = events.pop() ?? "";
      for (const event of events) {
        if (HINT.test(event)) this.hinted(notesOf(event));
        if (BANNER.test(event)) this.announced();
      }
    }
  }
}

function notesOf(event: string): string[] {
  try {
    return (JSON.parse(DATA.exec(event)?.[1] ?? "{}") as { notes?: string[] }).notes ?? [];
  } catch {
    return [];
  }
}
