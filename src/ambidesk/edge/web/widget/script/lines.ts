/** The lines of a talk: kept in place by their keys, so that nothing jumps and readers hear only news. */

import type { Message, Sent } from "./api";
import type { Chat } from "./chat";
import { h, icon, linked } from "./dom";
import type { Waiting } from "./store";
import { filled, type Words } from "./words";

const TOGETHER = 5 * 60_000;

interface Line {
  key: string;
  at: string;
  mine: boolean;
  name: string;
  way?: string;
  text: string;
  files: Sent[];
  waiting?: Waiting;
}

export class Lines {
  readonly list = h("ol");
  private drawn = new Map<string, { mark: string; item: HTMLElement }>();

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    private readonly locale: string,
  ) {}

  draw(): void {
    const lines = this.lines();
    const next = new Map<string, { mark: string; item: HTMLElement }>();
    const lastMine = lines.findLast((each) => each.mine && !each.waiting && !each.way);
    let before: Line | undefined;
    const items: HTMLElement[] = [];
    for (const line of lines) {
      if (!before || day(before.at) !== day(line.at)) items.push(this.piece(next, `d${day(line.at)}`, "", () => h("li", { class: "d" }, this.day(line.at))));
      const same = before?.mine === line.mine && before.name === line.name && (before.way ?? "") === (line.way ?? "") && Date.parse(line.at) - Date.parse(before.at) < TOGETHER && day(before.at) === day(line.at);
      const state = line === lastMine ? this.state(line) : "";
      const waiting = line.waiting ? JSON.stringify([line.waiting.failed, this.chat.isLost, line.waiting.files.map((each) => this.chat.progress.get(each.id))]) : "";
      items.push(this.piece(next, line.key, `${same}${state}${waiting}`, () => this.line(line, same, state)));
      before = line;
    }
    this.drawn = next;
    items.forEach((item, at) => {
      if (this.list.children[at] !== item) this.list.insertBefore(item, this.list.children[at] ?? null);
    });
    while (this.list.children.length > items.length) this.list.lastChild?.remove();
  }

  private piece(next: Map<string, { mark: string; item: HTMLElement }>, key: string, mark: string, make: () => HTMLElement): HTMLElement {
    const known = this.drawn.get(key);
    const kept = known?.mark === mark ? known : { mark, item: make() };
    next.set(key, kept);
    return kept.item;
  }

  private lines(): Line[] {
    const said = this.chat.messages.map((each: Message): Line => ({ ...each, key: `m${each.id}` }));
    const waiting = this.chat.kept.outbox.map((each): Line => ({ key: each.key, at: each.at, mine: true, name: "", text: each.text, files: [], waiting: each }));
    return [...said, ...waiting];
  }

  private line(line: Line, same: boolean, state: string): HTMLElement {
    const time = new Intl.DateTimeFormat(this.locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(line.at));
    const who = line.mine ? this.words.you : line.name;
    const item = h("li", { class: `x${same ? " same" : ""}${line.mine ? " mine" : ""}${line.waiting ? " wait" : ""}` });
    const place = line.way ? ` · ${line.way}` : "";
    if (same || (line.mine && !place)) item.append(h("span", { class: "sr" }, filled(this.words.said, { name: who, time })));
    else item.append(h("span", { class: "who" }, `${who} · ${time}${place}`));
    if (line.text) item.append(h("div", { class: "t", dir: "auto", title: `${who}, ${time}` }, ...linked(line.text)));
    for (const file of line.files) item.append(this.file(file));
    for (const file of line.waiting?.files ?? []) item.append(this.bringing(file));
    if (line.waiting) item.append(this.waiting(line.waiting));
    else if (state) item.append(h("span", { class: "st" }, state));
    return item;
  }

  private file(file: Sent): HTMLElement {
    const url = this.chat.api.desk + file.url;
    const name = file.name || this.words.file;
    if (file.picture) return h("a", { class: "img", href: url, target: "_blank", rel: "noopener" }, h("img", { src: url, alt: name, loading: "lazy", referrerpolicy: "no-referrer" }));
    return h("a", { class: "doc", href: `${url}&download=1`, target: "_blank", rel: "noopener" }, icon("file"), h("span", {}, name));
  }

  private bringing(file: Waiting["files"][number]): HTMLElement {
    const share = this.chat.progress.get(file.id) ?? 0;
    const label = filled(this.words.uploading, { name: file.name, n: Math.round(share * 100) });
    return h("div", { class: "doc" }, icon("file"), h("span", {}, file.name), h("progress", { max: 1, value: share, "aria-label": label }));
  }

  private waiting(word: Waiting): HTMLElement {
    if (!word.failed) return h("span", { class: "st" }, this.chat.isLost ? this.words.waits : this.words.sending);
    const again = h("button", { type: "button", onclick: () => this.chat.again(word.key) }, this.words.again);
    return h("span", { class: "st no", role: "alert" }, word.failed === "!" ? this.words.failed : word.failed, again);
  }

  private state(line: Line): string {
    return Number(line.key.slice(1)) <= (this.chat.talk?.seen ?? 0) ? this.words.read : this.words.sent;
  }

  private day(at: string): string {
    const then = new Date(at);
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
    if (days === 0) return this.words.today;
    if (days === 1) return this.words.yesterday;
    return new Intl.DateTimeFormat(this.locale, { day: "numeric", month: "long", ...(days > 300 ? { year: "numeric" } : {}) }).format(then);
  }
}

function day(at: string): string {
  return new Date(at).toDateString();
}
