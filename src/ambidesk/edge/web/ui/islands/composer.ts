/** The composer: an answer or a note, written, kept, and sent without losing a word. */

import { Draftsman, type Draft } from "./composing/drafts";
import type { Slash, Writing } from "./composing/editor";
import { Picker } from "./composing/templates";
import { Uploads, type Kept } from "./composing/uploads";
import { each, mention, say } from "./page";
import { toast } from "./toasts";

interface Restored extends Draft {
  number: number;
  addresses: string;
  files: Kept[];
}

class Composer {
  private readonly area: HTMLTextAreaElement;
  private readonly uploads: Uploads;
  private readonly drafts: Draftsman;
  private readonly picker: Picker;
  private readonly names: Picker;
  private readonly articles: Picker;
  private writing: Writing | undefined;

  constructor(private readonly form: HTMLFormElement) {
    this.area = this.part("textarea");
    this.uploads = new Uploads(this.part("[data-uploads]"), form.dataset.uploadsUrl ?? "");
    this.drafts = new Draftsman(form.dataset.draftUrl ?? "", form.dataset.number ?? "", form.querySelector("[data-saved]"));
    this.picker = new Picker(document.body, form.dataset.templatesUrl ?? "");
    this.names = new Picker(document.body, form.dataset.colleaguesUrl ?? "", say("Colleagues"));
    this.articles = new Picker(document.body, form.dataset.articlesUrl ?? "", say("Articles"), say("Find an article"), say("No article fits."));
    this.picker.used = (id) => this.used(id);
    this.articles.used = (id) => void mention(form.dataset.articlesUrl ?? "", "POST", new URLSearchParams({ article: id }));
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.entered(event));
    form.addEventListener("click", (event) => this.clicked(event.target as HTMLElement));
    form.addEventListener("change", (event) => this.picked(event.target as HTMLElement));
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      if (event.dataTransfer?.files.length) (event.preventDefault(), this.uploads.add(event.dataTransfer.files));
    });
    form.addEventListener("htmx:configRequest", (event) => this.route(event as CustomEvent));
    form.addEventListener("htmx:beforeRequest", (event) => this.sent((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr));
    this.setMode(form.dataset.mode ?? "reply", false);
    const left = this.drafts.left();
    if (left) this.fill(left);
    this.mark();
    this.showWay();
    void this.begin();
  }

  /** The editor takes the place of the plain field; what was typed until then goes along. */
  private async begin(): Promise<void> {
    const { write } = await import("./composing/editor");
    const had = document.activeElement === this.area;
    const html = this.hidden("html").value;
    const place = document.createElement("div");
    this.area.before(place);
    this.writing = write(place, () => this.words(), this.form.querySelector("label[for=answer]")?.textContent ?? "", {
      changed: () => this.changed(),
      slash: (slash) => this.slash(slash),
      key: (event) => this.picker.key(event) || this.names.key(event) || this.entered(event),
      files: (files) => (this.uploads.add(files), true),
      known: () => (this.form.dataset.mode === "note" ? this.names.names : []),
    });
    this.writing.fill(html, this.area.value);
    void this.name();
    this.form.querySelector<HTMLElement>("[data-marks]")?.removeAttribute("hidden");
    // The plain field keeps the focus until the editor has it.
    if (had) this.writing.focus();
    this.area.hidden = true;
  }

  /** In a chat Enter sends, where its writer wants it so; with Shift it breaks the line as ever. */
  private entered(event: KeyboardEvent): boolean {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
    if (this.form.dataset.enterSends === undefined || this.form.dataset.mode !== "reply") return false;
    event.preventDefault();
    if (!this.isEmpty) this.form.requestSubmit(this.form.querySelector<HTMLElement>("[data-send]"));
    return true;
  }

  /** Names that stand in a draft already are told from other words. */
  private async name(): Promise<void> {
    if (this.form.dataset.mode !== "note" || !this.area.value.includes("@")) return;
    await this.names.prepare();
    this.writing?.redraw();
  }

  leave(): void {
    this.picker.leave();
    this.names.leave();
    this.articles.leave();
  }

  get isEmpty(): boolean {
    return !this.area.value.trim() && this.uploads.isEmpty;
  }

  get number(): string {
    return this.form.dataset.number ?? "";
  }

  /** What was sent is gone from here; the page below shows it. */
  reset(): void {
    this.fill({ kind: "reply", text: "", html: "" });
    this.part<HTMLInputElement>("input[name=addresses]").value = "";
    this.form.querySelectorAll("input[name=template]").forEach((mark) => mark.remove());
    this.uploads.clear();
    this.drafts.done();
    this.hold(undefined);
    this.refreshed();
    // In a chat the next word follows at once.
    if (this.form.dataset.chat !== undefined) this.focus();
    else (document.activeElement as HTMLElement | null)?.blur();
  }

  restore(restored: Restored): void {
    this.fill(restored);
    this.uploads.clear();
    this.part<HTMLInputElement>("input[name=addresses]").value = restored.addresses;
    restored.files.forEach((file) => this.uploads.show(file));
    this.focus();
  }

  /** Show that somebody spoke meanwhile; without words the way is free again. */
  hold(words: string | undefined): void {
    const panel = this.part("[data-held]");
    panel.hidden = words === undefined;
    const place = panel.querySelector("[data-held-words]");
    if (place) place.textContent = words ?? "";
    if (words !== undefined) panel.querySelector<HTMLElement>("button")?.focus();
  }

  /** While nothing is written, whatever is shown counts as seen. */
  refreshed(): void {
    this.setMode(this.form.dataset.mode ?? "reply", false);
    this.showWay();
    if (this.isEmpty) this.see();
  }

  private see(): void {
    this.hidden("seen").value = document.querySelector<HTMLElement>("#thread-rows")?.dataset.newest ?? "";
  }

  /** Send a certain message on. */
  forward(message: string): void {
    this.hidden("original").value = message;
    this.setMode("forward", true);
  }

  /** What was sent by a template is counted, so that the most used ones come first. */
  private used(id: string): void {
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "template", value: id });
    this.area.after(mark);
  }

  private clicked(target: HTMLElement): void {
    const mode = target.closest<HTMLElement>("[data-mode-choice]")?.dataset.modeChoice;
    if (mode) this.setMode(mode, true);
    if (target.closest("[data-everybody]")) this.everybody();
    if (target.closest("[data-held-read]")) this.read();
    if (target.closest("[data-templates]")) void this.picker.open(this.caret(), undefined, (text) => this.insert(text));
    if (target.closest("[data-articles]")) void this.articles.open(this.caret(), undefined, (text) => this.insert(text));
    const mark = target.closest<HTMLElement>("[data-mark]")?.dataset.mark;
    if (mark) this.setMark(mark);
  }

  private setMark(mark: string): void {
    if (mark !== "link" || this.writing?.isMarked("link")) return this.writing?.mark(mark);
    const typed = window.getSelection()?.toString().trim() ?? "";
    const guess = /^https?:\/\//.test(typed) ? typed : "https://";
    const bar = document.createElement("input");
    Object.assign(bar, { className: "link-field", type: "url", value: guess });
    bar.setAttribute("aria-label", say("Address of the link"));
    this.part(".composer-end").before(bar);
    bar.focus();
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Enter") this.writing?.mark("link", bar.value);
      bar.remove();
    });
    bar.addEventListener("blur", () => bar.remove());
  }

  /** An answer goes by one channel: choosing another leaves those of the first. By a messenger it is plain and to one. */
  private choose(chosen: HTMLInputElement): void {
    const way = chosen.dataset.way;
    for (const box of this.form.querySelectorAll<HTMLInputElement>("input[name=to]")) {
      const stays = box === chosen || (box.dataset.way === way && way === "email");
      if (chosen.checked && !stays) box.checked = false;
    }
    this.showWay();
  }

  private showWay(): void {
    const way = this.form.querySelector<HTMLInputElement>("input[name=to]:checked")?.dataset.way ?? "";
    for (const note of this.form.querySelectorAll<HTMLElement>("[data-way-note]")) note.hidden = note.dataset.wayNote !== way;
    this.form.toggleAttribute("data-plain", way !== "" && way !== "email");
  }

  private picked(target: HTMLElement): void {
    if (target instanceof HTMLInputElement && target.name === "to") return this.choose(target);
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
    this.uploads.add([...(target.files ?? [])]);
    target.value = "";
  }

  private everybody(): void {
    this.setMode("reply", true);
    const way = this.form.querySelector<HTMLInputElement>("input[name=to]:checked")?.dataset.way ?? "email";
    if (way !== "email") return;
    for (const box of this.form.querySelectorAll<HTMLInputElement>("input[name=to][data-way=email]")) box.checked = true;
  }

  private read(): void {
    this.see();
    this.hold(undefined);
    document.querySelector("#thread-rows > :last-child")?.scrollIntoView({ block: "end" });
    this.focus();
  }

  private route(event: CustomEvent<{ elt: HTMLElement; path: string; parameters: Record<string, unknown> }>): void {
    const { elt, parameters } = event.detail;
    if (elt !== this.form) return;
    event.detail.path = this.form.getAttribute(`data-${this.form.dataset.mode ?? "reply"}-url`) ?? event.detail.path;
    delete parameters["upload"];
    if (!this.uploads.isBusy) return;
    event.preventDefault();
    toast({ message: say("A file is still on its way. Send in a moment."), kind: "refused" });
  }

  /** What is under way is no draft any more, also when the next ticket is opened meanwhile; what failed is one again. */
  private sent(xhr: XMLHttpRequest): void {
    this.drafts.pause();
    xhr.addEventListener("loadend", () => {
      if (xhr.status < 200 || xhr.status >= 300) this.keep();
    });
  }

  private setMode(mode: string, focus: boolean): void {
    this.form.dataset.mode = mode;
    for (const tab of this.form.querySelectorAll<HTMLElement>("[data-mode-choice]")) {
      tab.setAttribute("aria-selected", String(tab.dataset.modeChoice === mode));
    }
    this.area.placeholder = this.words();
    this.writing?.redraw();
    void this.name();
    if (!focus) return;
    if (mode === "forward") this.part("input[name=addresses]").focus();
    else this.focus();
    if (!this.isEmpty) this.keep();
  }

  private words(): string {
    return this.area.getAttribute(`data-${this.form.dataset.mode ?? "reply"}-words`) ?? "";
  }

  private slash(slash: Slash | undefined): void {
    // Colleagues are named where only colleagues read.
    if (slash?.sign === "@" && this.form.dataset.mode !== "note") return this.names.close();
    if (slash?.sign === "@") return void this.names.open(slash.at, slash.query, slash.take);
    this.names.close();
    if (slash) void this.picker.open(slash.at, slash.query, slash.take);
    else if (this.picker.isOpen && !document.activeElement?.matches(".template-filter")) this.picker.close();
  }

  private changed(): void {
    if (this.writing) {
      this.area.value = this.writing.text();
      this.hidden("html").value = this.writing.html();
    }
    this.mark();
    this.keep();
  }

  private keep(): void {
    this.drafts.later(() => ({ kind: this.form.dataset.mode ?? "reply", text: this.area.value, html: this.hidden("html").value }));
  }

  private mark(): void {
    this.area.toggleAttribute("data-dirty", Boolean(this.area.value.trim()));
    this.form.toggleAttribute("data-empty", this.isEmpty);
  }

  private fill(draft: Draft): void {
    this.area.value = draft.text;
    this.hidden("html").value = draft.html;
    this.writing?.fill(draft.html, draft.text);
    this.setMode(draft.kind, false);
    this.mark();
  }

  private insert(text: string): void {
    if (this.writing) return this.writing.insert(text);
    this.area.value += text;
    this.changed();
  }

  /** Words of a script stand in the answer, to be seen before they leave. */
  phrase(text: string): void {
    this.setMode("reply", true);
    this.insert(text);
    this.changed();
  }

  private caret(): DOMRect {
    return this.part("[data-templates]").getBoundingClientRect();
  }

  private focus(): void {
    if (this.writing) this.writing.focus();
    else this.area.focus();
  }

  private hidden(name: string): HTMLInputElement {
    return this.part(`input[name=${name}]`);
  }

  private part<E extends HTMLElement>(selector: string): E {
    return this.form.querySelector(selector) as E;
  }
}

export function watchComposers(): void {
  const all = new Map<HTMLFormElement, Composer>();
  each<HTMLFormElement>("[data-composer]", (form) => all.set(form, new Composer(form)));
  const living = (): Composer[] => {
    for (const [form, composer] of all) if (!form.isConnected) (composer.leave(), all.delete(form));
    return [...all.values()];
  };
  const of = (event: Event): Composer[] => living().filter((each) => each.number === String((event as CustomEvent<{ number: number }>).detail.number));
  document.body.addEventListener("answered", (event) => of(event).forEach((each) => each.reset()));
  document.body.addEventListener("phrased", (event) => of(event).forEach((each) => each.phrase((event as CustomEvent<{ text: string }>).detail.text)));
  document.body.addEventListener("restored", (event) => of(event).forEach((each) => each.restore((event as CustomEvent<Restored>).detail)));
  document.body.addEventListener("spoken", (event) => of(event).forEach((each) => each.hold((event as CustomEvent<{ message: string }>).detail.message)));
  document.addEventListener("click", (event) => {
    const message = (event.target as Element).closest<HTMLElement>("[data-forward]")?.dataset.forward;
    if (message) living().forEach((each) => each.forward(message));
  });
  document.addEventListener("htmx:afterSettle", () => living().forEach((each) => each.refreshed()));
}
