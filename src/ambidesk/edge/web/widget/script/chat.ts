/**
 * The talk of this browser: what was said, what waits to be said, who is there. Tabs share a token,
 * an outbox and one stream; whichever hears something tells the others.
 */

import { Refused, type Api, type Banner, type Guest, type Message, type Shown, type Spoken, type Talk } from "./api";
import { uuid } from "./dom";
import { Sight } from "./sight";
import { Files, type Kept, type Store, type Waiting } from "./store";
import { Stream } from "./stream";

const TYPING_EVERY = 3000;
const TYPING_LASTS = 7500;
const AGAIN = 4000;
// The desk keeps a banner for a second: whoever asks later hears the new one; a crowd comes spread.
const BANNER_AFTER = 1100;
const BANNER_SPREAD = 1500;
// Who has not begun has no stream: while the panel is open, the banner is looked up so often.
const BANNER_EVERY = 20_000;

interface Told {
  talk?: Talk;
  kept?: boolean;
  banner?: Banner | null;
}

export class Chat {
  readonly files = new Files();
  readonly progress = new Map<string, number>();
  messages: Message[] = [];
  talk: Talk | undefined;
  shown: Shown | undefined;
  wrong: { field: string | null; sentence: string } | undefined;
  isLost = !navigator.onLine;
  isPreview = false;
  private readonly stream: Stream;
  private readonly tabs: BroadcastChannel | undefined;
  private readonly hearers: (() => void)[] = [];
  private typed = 0;
  private fetching: Promise<void> | undefined;
  private isHinted = false;
  private isSending = false;
  private readonly unsure = new Set<number>();
  private silence = 0;
  private hurry = 0;

  constructor(
    readonly api: Api,
    readonly store: Store,
    private readonly name: string,
    private readonly proof: { token: string; subject: string },
  ) {
    this.stream = new Stream(api, `${name}.stream`, (notes) => this.hinted(notes), () => this.seekBanner());
    this.tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
    this.tabs?.addEventListener("message", (event: MessageEvent<Told>) => this.hear(event.data));
    window.addEventListener("online", () => this.network(true));
    window.addEventListener("offline", () => this.network(false));
    new Sight(api, store, () => Boolean(this.talk?.talk));
  }

  get kept(): Kept {
    return this.store.read();
  }

  /** Everything that has begun: somebody is known here. */
  get isKnown(): boolean {
    return Boolean(this.api.token);
  }

  onChange(hearer: () => void): void {
    this.hearers.push(hearer);
  }

  async wake(): Promise<void> {
    this.recall();
    this.shown = await this.api.widget();
    if (this.isKnown) this.listen();
    void this.flush();
    this.changed();
  }

  /** A user whom the site signs for sees their talk when they open the chat. */
  async opened(): Promise<void> {
    if (this.isPreview) return;
    if (!this.isKnown && this.proof.token) await this.begin({ name: "", email: "", offline: false });
    void this.api.widget().then((shown) => ((this.shown = shown), this.changed()), () => undefined);
  }

  /** Put a word into the outbox: from here on it is sent, once, whatever happens to this page. */
  speak(text: string, files: Waiting["files"], guest: Guest | null): void {
    const word: Waiting = { key: uuid(), text, at: new Date().toISOString(), files };
    this.keep({ outbox: [...this.kept.outbox, word], draft: "", ...(guest ? { guest } : {}) });
    this.wrong = undefined;
    this.changed();
    void this.flush();
  }

  again(key: string): void {
    this.mend(key, { failed: undefined });
    void this.flush();
  }

  types(): void {
    const now = Date.now();
    if (!this.isKnown || !this.talk?.talk || now - this.typed < TYPING_EVERY) return;
    this.typed = now;
    void this.api.typing().catch(() => undefined);
  }

  /** What stands on the screen was read. */
  look(): void {
    const newest = Math.max(0, ...this.messages.filter((each) => !each.mine).map((each) => each.id));
    if (!this.talk || newest <= this.talk.read) return;
    this.talk = { ...this.talk, read: newest, unread: 0 };
    this.tabs?.postMessage({ talk: { ...this.talk, messages: [] } } satisfies Told);
    void this.api.read(newest).catch(() => undefined);
    this.changed();
  }

  async older(): Promise<void> {
    const first = this.messages[0];
    if (!first) return;
    const found = await this.api.before(first.id);
    this.merge(found.messages);
    if (this.talk) this.talk = { ...this.talk, older: found.older };
    this.changed();
  }

  /** Look after the banner soon: once, however often it is hinted at. */
  seekBanner(): void {
    this.hurry ||= window.setTimeout(() => {
      this.hurry = 0;
      void this.api.banner().then((banner) => (this.announce(banner), this.tabs?.postMessage({ banner } satisfies Told)), () => undefined);
    }, BANNER_AFTER + Math.random() * BANNER_SPREAD);
  }

  /** Look while somebody reads who has no stream yet. */
  watch(isLooking: () => boolean): void {
    window.setInterval(() => !this.isKnown && !this.isPreview && isLooking() && this.seekBanner(), BANNER_EVERY);
  }

  /** What the banner tells of is this visitor's trouble too; false where they must say who they are first. */
  async concur(): Promise<boolean> {
    const banner = this.shown?.banner;
    if (!banner) return true;
    if (!this.isKnown) {
      const { asks, attended } = this.shown!;
      if (!attended || asks.name === "must" || asks.email === "must") return false;
      if (!(await this.begin({ name: "", email: "", offline: false }))) return false;
    }
    try {
      const { affected } = await this.api.concur(uuid(), banner.mark);
      if (this.talk) this.talk = { ...this.talk, affected };
      this.refresh();
    } catch (wrong) {
      if (wrong instanceof Refused && wrong.status === 401) this.forget();
      this.seekBanner();
    }
    this.changed();
    return true;
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.api.rate(score, comment);
    if (this.talk?.rate) this.talk = { ...this.talk, rate: { ...this.talk.rate, score, comment: Boolean(comment) } };
    this.changed();
  }

  keep(values: Partial<Kept>): void {
    this.store.change(values);
    this.tabs?.postMessage({ kept: true } satisfies Told);
  }

  forget(): void {
    const { hasSound, isOpen } = this.kept;
    this.api.token = "";
    this.keep({ token: "", until: null, subject: "", guest: null, hasSound, isOpen });
    this.drop();
    this.changed();
  }

  refresh(): void {
    this.isHinted = true;
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
  }

  /** Fetch only what is news: a message that is here brings nothing, and typing says all of itself. */
  private hinted(notes: string[]): void {
    if (!notes.length) return this.refresh();
    for (const note of notes) {
      if (note === "typing" || note === "quiet") this.typesThere(note === "typing");
      else if (Number(note)) this.unsure.add(Number(note));
    }
    // Of the word that is just being sent the hint may come before its answer.
    if (!this.isSending) this.makeSure();
  }

  private makeSure(): void {
    const known = new Set(this.messages.map((each) => each.id));
    const isNews = [...this.unsure].some((each) => !known.has(each));
    this.unsure.clear();
    if (isNews) this.refresh();
  }

  private typesThere(does: boolean): void {
    if (!this.talk) return;
    this.talk = { ...this.talk, typing: does };
    this.tabs?.postMessage({ talk: { ...this.talk, messages: [] } } satisfies Told);
    this.quiet();
    this.changed();
  }

  /** Take up what the browser kept; what was signed for somebody else is nobody's here. */
  private recall(): void {
    const kept = this.kept;
    const expired = kept.until !== null && Date.parse(kept.until) < Date.now() + 5000;
    const theirs = kept.until === null ? !this.proof.token : kept.subject === this.proof.subject && this.proof.token !== "";
    this.api.token = kept.token && theirs && !expired ? kept.token : "";
    if (kept.token && !this.api.token) this.store.change({ token: "", until: null, subject: "", guest: null, ...(theirs ? {} : { outbox: [], draft: "" }) });
  }

  /** What was said by or to somebody else is not shown to whoever comes next. */
  private drop(): void {
    this.messages = [];
    this.talk = undefined;
    this.stream.again();
  }

  private listen(): void {
    this.stream.begin();
    this.refresh();
  }

  private async fetch(): Promise<void> {
    while (this.isHinted && this.isKnown) {
      this.isHinted = false;
      const newest = this.messages.at(-1)?.id ?? 0;
      try {
        this.take(await this.api.talk(newest));
      } catch (wrong) {
        if (wrong instanceof Refused && wrong.status === 401) return this.forget();
        return;
      }
    }
  }

  private take(talk: Talk): void {
    const before = this.talk?.talk;
    const older = this.messages.length ? (this.talk?.older ?? false) : talk.older;
    this.merge(talk.messages);
    this.talk = { ...talk, older, read: Math.max(talk.read, this.talk?.read ?? 0), seen: Math.max(talk.seen, this.talk?.seen ?? 0) };
    this.tabs?.postMessage({ talk } satisfies Told);
    if (before !== undefined && before !== talk.talk) this.stream.again();
    this.quiet();
    this.changed();
  }

  /** Typing is told once; when nothing follows, nobody types any more. */
  private quiet(): void {
    window.clearTimeout(this.silence);
    if (!this.talk?.typing) return;
    this.silence = window.setTimeout(() => {
      if (this.talk) this.talk = { ...this.talk, typing: false };
      this.changed();
    }, TYPING_LASTS);
  }

  private merge(found: Message[]): void {
    const all = new Map(this.messages.map((each) => [each.id, each]));
    for (const each of found) all.set(each.id, each);
    this.messages = [...all.values()].sort((one, other) => one.at.localeCompare(other.at) || one.id - other.id);
  }

  private hear(told: Told): void {
    if (told.kept && this.kept.token !== this.api.token) {
      const before = this.api.token;
      this.recall();
      if (this.api.token !== before) {
        this.drop();
        if (this.isKnown) this.listen();
      }
    }
    if (told.banner !== undefined) this.announce(told.banner);
    if (told.talk && this.isKnown) {
      this.merge(told.talk.messages);
      this.talk = { ...(this.talk ?? told.talk), ...told.talk, older: this.talk?.older ?? told.talk.older };
    }
    this.changed();
  }

  private announce(banner: Banner | null): void {
    if (!this.shown || JSON.stringify(banner) === JSON.stringify(this.shown.banner)) return;
    this.shown = { ...this.shown, banner };
    this.changed();
  }

  private network(is: boolean): void {
    this.isLost = !is;
    this.changed();
    if (is) void this.flush();
  }

  /** Send what waits, one after the other, in one tab at a time. */
  private async flush(): Promise<void> {
    if (this.isPreview || this.isSending || !this.kept.outbox.length) return;
    this.isSending = true;
    try {
      if (navigator.locks) await navigator.locks.request(`${this.name}.outbox`, () => this.sendAll());
      else await this.sendAll();
    } finally {
      this.isSending = false;
      this.makeSure();
    }
    if (this.kept.outbox.some((each) => !each.failed) && navigator.onLine) window.setTimeout(() => void this.flush(), AGAIN);
  }

  private async sendAll(): Promise<void> {
    for (let word = this.next(); word; word = this.next()) {
      try {
        if (!this.isKnown && !(await this.begin(this.kept.guest ?? { name: "", email: "", offline: false }))) return;
        await this.send(word);
      } catch (wrong) {
        if (!(wrong instanceof Refused)) return;
        if (wrong.status === 401) this.forget();
        else if (wrong.isPassing) return;
        else this.mend(word.key, { failed: wrong.sentence || "!" });
      }
    }
  }

  private next(): Waiting | undefined {
    return this.kept.outbox.find((each) => !each.failed);
  }

  private async send(word: Waiting): Promise<void> {
    const keys: string[] = [];
    for (const file of word.files) {
      const content = file.key ? undefined : await this.files.get(file.id);
      if (content) file.key = (await this.api.bring(content, file.name, (share) => this.far(file.id, share))).key;
      if (file.key) keys.push(file.key);
    }
    this.mend(word.key, { files: word.files });
    const spoken = await this.api.speak(word.key, word.text, keys, this.kept.hasRead ? this.kept.reader : "");
    if (this.kept.hasRead) this.keep({ hasRead: false });
    for (const file of word.files) void this.files.drop(file.id);
    this.merge([spoken.message]);
    this.keep({ outbox: this.kept.outbox.filter((each) => each.key !== word.key) });
    await this.spoke(spoken);
    this.changed();
  }

  /** In a talk that goes on there is nothing more to ask; one that begins or comes back has news. */
  private async spoke({ message, talk, state }: Spoken): Promise<void> {
    const goesOn = state === "taken" && this.talk?.state === state && this.talk.talk === talk;
    if (goesOn && this.talk) return this.tabs?.postMessage({ talk: { ...this.talk, messages: [message] } } satisfies Told);
    this.refresh();
    await this.fetching;
  }

  private async begin(guest: Guest): Promise<boolean> {
    try {
      const { token, until, talk } = await this.api.begin(guest, this.proof.token);
      this.api.token = token;
      this.keep({ token, until, subject: until ? this.proof.subject : "" });
      this.take(talk);
      this.listen();
      return true;
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.isPassing) throw wrong;
      this.giveBack(wrong);
      return false;
    }
  }

  /** The form was wrong: what was written stands in it again. */
  private giveBack(wrong: Refused): void {
    const words = this.kept.outbox.map((each) => each.text).filter(Boolean);
    this.wrong = { field: wrong.field, sentence: wrong.sentence };
    this.keep({ outbox: [], draft: words.join("\n"), guest: null });
    this.changed();
  }

  private far(id: string, share: number): void {
    this.progress.set(id, share);
    this.changed();
  }

  private mend(key: string, values: { failed?: string | undefined; files?: Waiting["files"] }): void {
    this.keep({ outbox: this.kept.outbox.map((each) => (each.key === key ? ({ ...each, ...values } as Waiting) : each)) });
    this.changed();
  }

  private changed(): void {
    for (const hearer of this.hearers) hearer();
  }
}
