/** Articles that may answer what is being typed before it is sent; opened beside the page, and told when opened. */

import type { Chat } from "./chat";
import { h, icon, token } from "./dom";
import { filled, type Words } from "./words";

const PAUSE = 450;
const SHORTEST = 4;
const LONGEST = 300;

export class Answers {
  readonly box = h("div", { class: "an", hidden: true });
  /** What is heard of it: it stands from the beginning, so that changes are told. */
  readonly says = h("p", { class: "sr", role: "status" });
  private waiting = 0;
  private asked = "";

  constructor(private readonly chat: Chat, private readonly words: Words) {}

  /** Look once somebody pauses; what was typed since makes an answer old. */
  seek(typed: string): void {
    window.clearTimeout(this.waiting);
    const text = typed.trim().slice(-LONGEST);
    if (text.length < SHORTEST || this.chat.isPreview) return this.clear();
    if (text !== this.asked) this.waiting = window.setTimeout(() => void this.show(text), PAUSE);
  }

  clear(): void {
    window.clearTimeout(this.waiting);
    this.asked = "";
    this.box.hidden = true;
    this.says.textContent = "";
  }

  /** Where articles may answer: nothing has been said yet, or all of it is over. */
  get isWanted(): boolean {
    return !this.chat.kept.outbox.length && ["none", "over", undefined].includes(this.chat.talk?.state);
  }

  /** A name for whoever reads here that tells nothing of them. */
  private reader(): string {
    if (!this.chat.kept.reader) this.chat.keep({ reader: token() });
    return this.chat.kept.reader;
  }

  private async show(text: string): Promise<void> {
    this.asked = text;
    const found = await this.chat.api.answers(text).catch(() => []);
    if (this.asked !== text) return;
    // Where nothing is found, what stands there stays: nobody's eyes are led away and back.
    if (!found.length) return;
    const reader = this.reader();
    const opened = (): void => this.chat.keep({ hasRead: true });
    const links = found.map(({ title, text: says, url }) =>
      h("li", {}, h("a", { href: `${url}#reader=${reader}&door=widget`, target: "_blank", rel: "noopener", onclick: opened, onauxclick: opened }, h("b", {}, title), says && h("span", {}, says), h("span", { class: "sr" }, ` (${this.words.apart})`), icon("away"))));
    this.box.replaceChildren(h("p", { id: "an" }, this.words.perhaps), h("ul", { "aria-labelledby": "an" }, ...links));
    this.box.hidden = false;
    this.says.textContent = filled(this.words.found, { n: found.length });
  }
}
