/** What the desk is asked; a token goes in a header, never in an address, and no cookie goes at all. */

export interface Sent {
  key: string;
  name: string;
  size: number;
  picture: boolean;
  url: string;
}

export interface Message {
  id: number;
  at: string;
  mine: boolean;
  name: string;
  way?: string;
  text: string;
  files: Sent[];
}

export interface Question {
  question: string;
  choices: { score: number; words: string }[];
  score: number | null;
  comment: boolean;
}

export interface Talk {
  messages: Message[];
  older: boolean;
  seen: number;
  read: number;
  unread: number;
  typing: boolean;
  state: "none" | "waiting" | "taken" | "over";
  talk: string;
  rate: Question | null;
  wait: { position: number | null; seconds: number | null } | null;
  email: boolean;
  /** The mark of the banner whose fault the talk belongs to. */
  affected: string;
  /** Who answers for the account of their company; only for those whom the site has signed for. */
  manager: { name: string; post: string; instead: string; face: string } | null;
}

/** A fault that everybody shall know of. */
export interface Banner {
  mark: string;
  text: string;
}

/** What a word became, and where the talk stands by it. */
export interface Spoken {
  message: Message;
  talk: Talk["talk"];
  state: Talk["state"];
}

export type Asks = "no" | "may" | "must";

export interface Shown {
  brand: string;
  accent: string;
  theme: string;
  position: string;
  greeting: string;
  hours: string;
  attended: boolean;
  banner: Banner | null;
  asks: { name: Asks; email: Asks };
  ways?: { to: string; name: string }[];
  limits: { file_bytes: number; files: number; text: number };
}

/** An article that may answer. */
export interface Answer {
  title: string;
  text: string;
  url: string;
}

export interface Guest {
  name: string;
  email: string;
  offline: boolean;
}

/** The desk said no: with a sentence, and perhaps the field it is about. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string,
    readonly field: string | null,
    readonly code: string,
  ) {
    super(sentence);
  }

  /** It may be let in later: too fast, or a fault of the desk. */
  get isPassing(): boolean {
    return (this.status === 429 && this.code !== "too-many-talks") || this.status >= 500;
  }
}

export class Api {
  token = "";

  constructor(
    readonly desk: string,
    private readonly channel: string,
    private readonly language: string,
  ) {}

  url(path: string): string {
    return `${this.desk}/widget/${encodeURIComponent(this.channel)}/${path}`;
  }

  headers(): Record<string, string> {
    return this.token ? { Authorization: `Visitor ${this.token}` } : {};
  }

  widget(): Promise<Shown> {
    return this.ask("GET", `?language=${this.language}`);
  }

  /** Asked without the token: it is the same for all, and kept for all. */
  async banner(): Promise<Banner | null> {
    const answer = await fetch(this.url(`banner?language=${this.language}`), { credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw refusal(answer.status, {});
    return (parsed(await answer.text()) as unknown as { banner: Banner | null }).banner;
  }

  concur(key: string, banner: string): Promise<{ affected: string }> {
    return this.ask("POST", "banner", { key, banner });
  }

  begin(guest: Guest, proof: string): Promise<{ token: string; until: string | null; talk: Talk }> {
    return this.ask("POST", "visit", { ...guest, proof, language: this.language, page: page() });
  }

  async answers(text: string): Promise<Answer[]> {
    return (await this.ask<{ answers: Answer[] }>("POST", "answers", { text, language: this.language })).answers;
  }

  leave(): Promise<void> {
    return this.ask("DELETE", "visit");
  }

  talk(after: number): Promise<Talk> {
    // In a header: an address that stays the same is asked for once by the browser, not each time.
    return this.ask("GET", "talk", undefined, { "X-After": String(after) });
  }

  before(id: number): Promise<Talk> {
    return this.ask("GET", "talk", undefined, { "X-Before": String(id) });
  }

  speak(key: string, text: string, files: string[], reader: string): Promise<Spoken> {
    return this.ask("POST", "words", { key, text, files, reader, page: page() });
  }

  typing(): Promise<void> {
    return this.ask("POST", "typing", {});
  }

  /** Whether the page is before the visitor, or behind others. */
  sight(front: boolean): Promise<void> {
    return this.ask("POST", "sight", { front });
  }

  read(upTo: number): Promise<void> {
    return this.ask("POST", "reading", { up_to: upTo, page: page() });
  }

  transcript(email: string): Promise<void> {
    return this.ask("POST", "transcript", { email });
  }

  move(to: string, email: string): Promise<void> {
    return this.ask("POST", "moves", { to, email });
  }

  rate(score: number, comment: string): Promise<void> {
    return this.ask("POST", "rating", { score, comment });
  }

  /** Bring a file, telling how far it is, from 0 to 1. */
  bring(file: Blob, name: string, far: (share: number) => void): Promise<{ key: string }> {
    return new Promise((resolve, reject) => {
      const way = new XMLHttpRequest();
      way.open("POST", this.url("files"));
      way.setRequestHeader("Authorization", `Visitor ${this.token}`);
      way.setRequestHeader("Accept", "application/json");
      way.upload.onprogress = (event) => event.lengthComputable && far(event.loaded / event.total);
      way.onerror = () => reject(new TypeError("network"));
      way.onload = () => {
        const told = parsed(way.responseText);
        if (way.status === 201) resolve(told as { key: string });
        else reject(refusal(way.status, told));
      };
      const form = new FormData();
      form.append("file", file, name);
      way.send(form);
    });
  }

  private async ask<T>(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", ...this.headers(), ...more };
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(this.url(path), { method, headers, credentials: "omit", cache: "no-store", ...(body ? { body: JSON.stringify(body) } : {}) });
    const told = answer.status === 204 ? {} : parsed(await answer.text());
    if (!answer.ok) throw refusal(answer.status, told);
    return told as T;
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function refusal(status: number, told: Record<string, unknown>): Refused {
  return new Refused(status, String(told["sentence"] ?? ""), (told["field"] as string | null) ?? null, String(told["code"] ?? ""));
}

function page(): Record<string, string> {
  return { url: location.href.slice(0, 500), title: document.title.slice(0, 200), referrer: document.referrer.slice(0, 500), language: navigator.language };
}
