/** The panel: what somebody sees and does; everything it knows is the chat's. */

import { Answers } from "./answers";
import { Refused } from "./api";
import { Bringing } from "./bringing";
import type { Chat } from "./chat";
import { beginning, byMail, rating } from "./forms";
import { h, icon, linked } from "./dom";
import { Lines } from "./lines";
import { chime } from "./sound";
import { sheetOf } from "./styles";
import { filled, type Words } from "./words";

const NEAR = 80;

export class View {
  private readonly root: ShadowRoot;
  private readonly frame = h("div", { class: "r" });
  private readonly launcher = h("button", { class: "dot", type: "button", "aria-expanded": "false", onclick: () => this.toggle() });
  private readonly panel: HTMLElement;
  private readonly title = h("h2", { id: "t" });
  private readonly presence = h("p");
  private readonly face = h("span", { class: "f", "aria-hidden": "true" });
  private readonly menu = h("div", { class: "m", hidden: true });
  private readonly scroll = h("div", { class: "s", tabindex: 0 });
  private readonly log = h("div", { role: "log", "aria-live": "polite" });
  private readonly typing = h("div", { class: "ty", role: "status" });
  private readonly news = h("div", { class: "sr", role: "status" });
  private readonly notice = h("p", { class: "k", role: "status", hidden: true });
  private readonly banner = h("div", { class: "bn", role: "status", hidden: true });
  private readonly lines: Lines;
  private readonly bringing: Bringing;
  private readonly answers: Answers;
  private readonly area: HTMLTextAreaElement;
  private readonly composer: HTMLElement;
  private readonly intro = h("div");
  private readonly end = h("div");
  private form: HTMLElement | undefined;
  private mark = "";
  /** What of mail is asked for: the talk once, or to go on there. */
  private isAsking: "" | "copy" | "move" = "";
  private told = 0;
  private isNear = true;
  private accent = "";

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    language: string,
    host: HTMLElement,
  ) {
    this.root = host.attachShadow({ mode: "open" });
    // English as the desk writes it, the day first and no noon.
    this.lines = new Lines(chat, words, language === "en" ? "en-GB" : language);
    this.answers = new Answers(chat, words);
    this.bringing = new Bringing(chat, words, () => this.grow());
    this.area = h("textarea", { rows: 1, "aria-label": words.message, placeholder: words.write, oninput: () => this.typed(), onkeydown: (event: KeyboardEvent) => this.key(event), onpaste: (event: ClipboardEvent) => this.bringing.of(event.clipboardData) && event.preventDefault() });
    const send = h("button", { class: "b go", type: "button", "aria-label": words.send, title: words.send, onclick: () => this.send() }, icon("send"));
    this.composer = h("div", {}, this.bringing.row, this.bringing.says, this.answers.says, this.answers.box, h("div", { class: "c" }, this.clip(), this.area, send));
    this.log.append(this.lines.list);
    this.log.setAttribute("aria-label", words.message);
    this.scroll.append(this.intro, this.log, this.end, this.typing);
    const more = h("button", { class: "b more", type: "button", "aria-label": words.more, title: words.more, "aria-haspopup": "true", onclick: () => this.showMenu(this.menu.hidden) }, icon("more"));
    const close = h("button", { class: "b", type: "button", "aria-label": words.close, title: words.close, onclick: () => this.toggle(false) }, icon("down"));
    const head = h("div", { class: "h" }, this.face, h("div", {}, this.title, this.presence), more, close);
    this.panel = h("section", { class: "p", role: "dialog", "aria-labelledby": "t", hidden: true }, head, this.menu, this.notice, this.banner, this.scroll, this.composer, this.bringing.picker);
    this.frame.append(this.panel, this.launcher, this.news);
    this.frame.lang = language;
    this.root.append(this.frame);
    this.listen();
    chat.onChange(() => this.draw());
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  toggle(open = !this.isOpen): void {
    if (open === this.isOpen) return;
    this.panel.hidden = !open;
    this.frame.classList.toggle("open", open);
    this.launcher.setAttribute("aria-expanded", String(open));
    this.chat.keep({ isOpen: open });
    if (open) void this.chat.opened().catch(() => undefined);
    this.draw();
    if (!open) return this.launcher.focus();
    this.isNear = true;
    this.follow();
    this.focus();
  }

  draw(): void {
    const { shown, talk } = this.chat;
    if (!shown) return;
    this.dress();
    const begun = this.chat.isKnown || this.chat.kept.outbox.length > 0;
    this.presence.textContent = shown.attended ? this.words.here : this.words.away;
    this.presence.className = shown.attended ? "on" : "";
    this.notice.textContent = this.words.noNetwork;
    this.notice.hidden = !this.chat.isLost;
    this.announce();
    this.begin(begun);
    this.composer.hidden = !begun;
    this.log.hidden = !begun;
    if (begun) this.lines.draw();
    this.ending();
    this.tell(talk?.typing ?? false);
    this.badge(talk?.unread ?? 0);
    this.follow();
    if (this.isOpen && !document.hidden) this.chat.look();
  }

  /** Who reads at the end stays there, whatever grows; who reads above is left alone. */
  private follow(): void {
    if (this.isNear && this.isOpen) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  private dress(): void {
    const shown = this.chat.shown!;
    if (this.accent !== shown.accent) {
      this.accent = shown.accent;
      this.root.adoptedStyleSheets = [sheetOf(shown.accent)];
    }
    this.frame.dataset["theme"] = shown.theme;
    this.frame.classList.toggle("left", shown.position === "left");
    this.title.textContent = shown.brand;
    this.face.textContent = shown.brand.slice(0, 1).toUpperCase();
    this.panel.setAttribute("aria-modal", String(window.innerWidth <= 480));
    this.scroll.setAttribute("aria-label", filled(this.words.chat, { brand: shown.brand }));
    this.scroll.setAttribute("role", "region");
  }

  /** Who answers for the account of a client's company. */
  private manager(): HTMLElement | undefined {
    const manager = this.chat.talk?.manager;
    if (!manager) return undefined;
    const face = manager.face && h("img", { src: this.chat.api.desk + manager.face, alt: "", width: 40, height: 40, referrerpolicy: "no-referrer" });
    const rest = [manager.post, manager.instead && filled(this.words.instead, { name: manager.instead })].filter(Boolean).join(" · ");
    return h("div", { class: "mg" }, face || undefined, h("div", {}, h("p", {}, this.words.manager), h("strong", { dir: "auto" }, manager.name), rest && h("p", { dir: "auto" }, rest)));
  }

  /** The greeting, and the form before the first word: drawn anew only when it must be. */
  private begin(begun: boolean): void {
    const shown = this.chat.shown!;
    const mark = JSON.stringify([begun, { ...shown, banner: null }, this.chat.wrong, this.chat.talk?.older, this.chat.talk?.manager?.name]);
    if (mark === this.mark) return;
    this.mark = mark;
    const older = begun && this.chat.talk?.older && h("button", { class: "v o", type: "button", onclick: () => void this.chat.older() }, this.words.older);
    const hello = h("div", { class: "hi" }, shown.greeting || this.words.hello);
    const away = shown.attended ? "" : shown.hours || this.words.offline;
    const typed = this.form?.contains(this.root.activeElement) ? (this.root.activeElement as HTMLElement).id : "";
    this.form = begun ? undefined : beginning(this.chat, this.words, this.bringing, this.clip(), this.answers);
    this.intro.replaceChildren(...[older, !older && hello, !older && this.manager(), away && h("p", { class: "q" }, away), this.form].filter((each): each is HTMLElement => Boolean(each)));
    if (begun && this.bringing.row.parentElement !== this.composer) this.composer.prepend(this.bringing.row, this.bringing.says, this.answers.says, this.answers.box);
    const wrong = this.form?.querySelector<HTMLElement>("[aria-invalid]") ?? (typed ? this.root.getElementById(typed) : null);
    if (wrong) wrong.focus();
    else if (begun && this.isOpen) this.area.focus();
  }

  /** A fault that everybody shall know of, and one press for those who have it too. */
  private announce(): void {
    const banner = this.chat.shown!.banner;
    const noted = Boolean(banner) && this.chat.talk?.affected === banner!.mark;
    const mark = JSON.stringify([banner, noted]);
    if (this.banner.dataset["mark"] === mark) return;
    this.banner.dataset["mark"] = mark;
    this.banner.hidden = !banner;
    if (!banner) return this.banner.replaceChildren();
    const press = h("button", { class: "v", type: "button", onclick: () => void this.concur(press) }, this.words.affected);
    this.banner.replaceChildren(icon("alert"), h("div", {}, h("p", { dir: "auto" }, ...linked(banner.text)), noted ? h("p", { class: "ok" }, this.words.noted) : press));
  }

  private async concur(press: HTMLButtonElement): Promise<void> {
    press.disabled = true;
    const went = await this.chat.concur().catch(() => true);
    press.disabled = false;
    if (went) return;
    const text = this.form?.querySelector<HTMLTextAreaElement>("textarea");
    if (text && !text.value) text.value = this.words.affected;
    this.focus();
  }

  private ending(): void {
    const { talk, shown } = this.chat;
    const waits = talk?.state === "waiting" && this.chat.messages.length > 0;
    const mark = JSON.stringify([talk?.state, talk?.rate, talk?.wait, waits, this.isAsking, shown?.attended, talk?.email]);
    if (this.end.dataset["mark"] === mark) return;
    this.end.dataset["mark"] = mark;
    const parts: HTMLElement[] = [];
    if (waits) parts.push(h("p", { class: "d", role: "status" }, this.place()));
    if (talk?.state === "over") {
      parts.push(h("p", { class: "d", role: "status" }, this.words.over));
      if (talk.rate) parts.push(rating(this.chat, this.words, talk.rate));
    }
    if (this.isAsking) parts.push(byMail(this.chat, this.words, this.isAsking === "move", () => this.ask("")));
    this.end.replaceChildren(...parts);
  }

  private place(): string {
    const { talk, shown } = this.chat;
    if (!shown?.attended) return talk?.email ? this.words.byMail : this.words.away;
    const { position, seconds } = talk?.wait ?? { position: null, seconds: null };
    const said = [position ? filled(this.words.queue, { n: position }) : "", seconds ? filled(this.words.minutes, { n: Math.max(1, Math.ceil(seconds / 60)) }) : ""];
    return said.filter(Boolean).join(" ") || this.words.waiting;
  }

  private tell(typing: boolean): void {
    const shows = this.typing.childElementCount > 0;
    if (typing === shows) return;
    const words = filled(this.words.typing, { brand: this.chat.shown?.brand ?? "" });
    this.typing.replaceChildren(...(typing ? [h("i", { "aria-hidden": "true" }, h("b"), h("b"), h("b")), h("span", {}, words)] : []));
  }

  private badge(unread: number): void {
    const label = unread && !this.isOpen ? `${this.words.open}. ${filled(this.words.unread, { n: unread })}` : this.isOpen ? this.words.close : this.words.open;
    this.launcher.setAttribute("aria-label", label);
    this.launcher.replaceChildren(icon(this.isOpen ? "close" : "chat"), ...(unread && !this.isOpen ? [h("span", { class: "n", "aria-hidden": "true" }, String(Math.min(unread, 99)))] : []));
    const newest = this.chat.messages.findLast((each) => !each.mine);
    if (!newest || newest.id <= this.told) return;
    const isNews = this.told > 0 && newest.id > (this.chat.talk?.read ?? 0) && (!this.isOpen || document.hidden);
    this.told = newest.id;
    if (!isNews) return;
    if (!this.isOpen) this.news.textContent = filled(this.words.fresh, { name: newest.name, text: newest.text.slice(0, 120) });
    if (this.chat.kept.hasSound) chime();
  }

  private showMenu(show: boolean): void {
    this.menu.hidden = !show;
    if (!show) return;
    const { hasSound } = this.chat.kept;
    const item = (name: "mail" | "bell" | "away", words: string, act: () => void): HTMLElement => h("button", { type: "button", onclick: () => (this.showMenu(false), act()) }, icon(name), words);
    const begun = Boolean(this.chat.talk?.talk);
    const mail = begun ? [item("mail", this.words.transcript, () => this.ask("copy"))] : [];
    const ways = (begun && this.chat.shown?.ways) || [];
    const on = ways.map(({ to, name }) => to === "email" ? item("away", this.words.onByMail, () => this.ask("move")) : item("away", filled(this.words.onIn, { name }), () => void this.move(to)));
    this.menu.replaceChildren(...on, ...mail, item("bell", hasSound ? this.words.soundOff : this.words.soundOn, () => (this.chat.keep({ hasSound: !hasSound }), !hasSound && chime())));
    this.menu.querySelector("button")?.focus();
  }

  /** The link comes as a word of ours in the talk. */
  private async move(to: string): Promise<void> {
    try {
      await this.chat.api.move(to, "");
      this.isNear = true;
      this.chat.refresh();
    } catch (wrong) {
      this.notice.textContent = (wrong instanceof Refused && wrong.sentence) || this.words.wrong;
      this.notice.hidden = false;
    }
    this.focus();
  }

  private ask(asks: "" | "copy" | "move"): void {
    this.isAsking = asks;
    this.draw();
    if (!asks) return this.focus();
    this.end.querySelector<HTMLElement>("form input")?.focus();
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  private clip(): HTMLElement {
    return h("button", { class: "b", type: "button", "aria-label": this.words.attach, title: this.words.attach, onclick: () => this.bringing.picker.click() }, icon("clip"));
  }

  private send(): void {
    const text = this.area.value.trim();
    if (!text && this.bringing.isEmpty) return;
    this.area.value = "";
    this.grow();
    this.answers.clear();
    this.isNear = true;
    this.chat.speak(text, this.bringing.take(), null);
    this.area.focus();
  }

  private typed(): void {
    this.grow();
    this.chat.keep({ draft: this.area.value });
    if (this.area.value.trim()) this.chat.types();
    if (this.answers.isWanted) this.answers.seek(this.area.value);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  private grow(): void {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, 132)}px`;
  }

  private focus(): void {
    if (this.chat.isPreview) return;
    const place = this.composer.hidden ? this.form?.querySelector<HTMLElement>("input:not([type=file]),textarea") : this.area;
    place?.focus({ preventScroll: true });
  }

  private listen(): void {
    this.area.value = this.chat.kept.draft;
    this.scroll.addEventListener("scroll", () => (this.isNear = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR), { passive: true });
    this.scroll.addEventListener("load", () => this.follow(), true);
    new ResizeObserver(() => this.follow()).observe(this.scroll);
    this.panel.addEventListener("keydown", (event) => this.keys(event));
    document.addEventListener("visibilitychange", () => !document.hidden && this.draw());
    this.chat.watch(() => this.isOpen && !document.hidden);
    this.root.addEventListener("click", (event) => {
      if (!this.menu.hidden && !event.composedPath().some((each) => each === this.menu || (each as HTMLElement).ariaHasPopup === "true")) this.showMenu(false);
    });
    const over = h("div", { class: "dr", hidden: true }, this.words.drop);
    this.panel.append(over);
    let depth = 0;
    const drag = (change: number) => (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      depth = Math.max(0, depth + change);
      over.hidden = depth === 0;
    };
    this.panel.addEventListener("dragenter", drag(1));
    this.panel.addEventListener("dragleave", drag(-1));
    this.panel.addEventListener("dragover", drag(0));
    this.panel.addEventListener("drop", (event) => {
      depth = 0;
      over.hidden = true;
      if (this.bringing.of(event.dataTransfer)) event.preventDefault();
    });
  }

  /** Esc steps back, Tab stays inside; keys of the site hear nothing of what is typed here. */
  private keys(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      if (!this.menu.hidden) return this.showMenu(false);
      if (this.isAsking) return this.ask("");
      return this.toggle(false);
    }
    if (event.key !== "Tab") return;
    const stops = [...this.panel.querySelectorAll<HTMLElement>("button,input:not([type=file]),textarea,a[href],[tabindex='0']")].filter((each) => each.offsetParent !== null && !each.hasAttribute("disabled"));
    const [first, last] = [stops[0], stops.at(-1)];
    const here = this.root.activeElement;
    if (event.shiftKey && here === first) (event.preventDefault(), last?.focus());
    else if (!event.shiftKey && here === last) (event.preventDefault(), first?.focus());
  }
}
