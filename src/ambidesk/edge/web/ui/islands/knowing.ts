/** An article being written: saved while typing, crossed changes shown, nothing lost. */

import type { ArticleEditor } from "./knowing/editor";
import { each, element, say, send } from "./page";
import { toast } from "./toasts";

const PAUSE = 900;
const AGAIN = 8_000;

interface Theirs {
  version: number;
  title: string;
  body: string;
}

class Desk {
  private editor: ArticleEditor | undefined;
  private readonly form: HTMLFormElement;
  private readonly area: HTMLTextAreaElement;
  private readonly key: string;
  private base: number;
  private waiting = 0;
  private saving: Promise<void> | undefined;
  private dirty = false;
  private theirs: Theirs | undefined;
  private isSource = false;

  constructor(private readonly home: HTMLElement) {
    this.form = this.part("#text-form");
    this.area = this.part("#text-body");
    this.base = Number(home.dataset["base"]);
    this.key = `ambidesk.article.${home.dataset["save"] ?? ""}`;
    if (this.area.readOnly) return;
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => (event.preventDefault(), void this.save()));
    this.part("[data-take-theirs]").addEventListener("click", () => this.takeTheirs());
    this.part("[data-keep-mine]").addEventListener("click", () => this.keepMine());
    for (const step of home.querySelectorAll<HTMLFormElement>("[data-needs-saved]")) {
      step.addEventListener("submit", (event) => (event.preventDefault(), void this.step(step)));
    }
    window.addEventListener("beforeunload", () => this.dirty && this.remember());
    this.restore();
    void this.begin();
  }

  private part<E extends HTMLElement>(selector: string): E {
    return this.home.querySelector<E>(selector) as E;
  }

  private async begin(): Promise<void> {
    const { edit } = await import("./knowing/editor");
    const place = element("div", { className: "text-rich" });
    this.area.before(place);
    this.editor = edit(place, {
      label: this.form.querySelector("label[for=text-body]")?.textContent ?? "",
      address: (key) => (this.home.dataset["file"] ?? "").replace("KEY", key),
      changed: () => this.changed(),
      files: (files) => void this.bring(files),
    });
    this.editor.fill(this.area.value);
    this.area.hidden = true;
    const marks = this.part("[data-text-marks]");
    marks.hidden = false;
    marks.addEventListener("click", (event) => this.pressed((event.target as HTMLElement).closest<HTMLElement>("[data-do]")));
    const file = this.part<HTMLInputElement>("[data-text-file]");
    file.addEventListener("change", () => file.files && void this.bring(file.files).then(() => (file.value = "")));
  }

  private pressed(button: HTMLElement | null): void {
    const what = button?.dataset["do"];
    if (!what || !this.editor) return;
    if (what === "file") return this.part<HTMLInputElement>("[data-text-file]").click();
    if (what === "source") return this.turn(button);
    if (what === "link" && !this.editor.isOn("link")) return this.askLink();
    this.editor.act(what);
  }

  /** The plain Markdown, for whoever likes it better. */
  private turn(button: HTMLElement): void {
    if (this.isSource) this.editor?.fill(this.area.value);
    else this.area.value = this.editor?.text() ?? "";
    this.isSource = !this.isSource;
    button.setAttribute("aria-pressed", String(this.isSource));
    this.area.hidden = !this.isSource;
    this.part(".text-rich").hidden = this.isSource;
  }

  private askLink(): void {
    const field = element("input", { className: "link-field", type: "text", value: "https://" });
    field.setAttribute("aria-label", say("Address of the link"));
    this.part("[data-text-marks]").after(field);
    field.focus();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (event.key === "Enter") this.editor?.act("link", field.value);
      field.remove();
    });
    field.addEventListener("blur", () => field.remove());
  }

  private async bring(files: FileList): Promise<void> {
    for (const file of files) {
      const body = new FormData();
      body.append("file", file);
      const answer = await send(this.home.dataset["files"] ?? "", "POST", body).catch(() => undefined);
      if (!answer?.ok) {
        toast({ message: say("“{name}” did not arrive. Add it again.", { name: file.name }), kind: "refused" });
        continue;
      }
      const kept = (await answer.json()) as { source: string; name: string; kind: string };
      this.editor?.show(kept.source, kept.name, kept.kind);
    }
  }

  private read(): Record<string, string> {
    if (this.editor && !this.isSource) this.area.value = this.editor.text();
    return Object.fromEntries(["title", "summary", "keywords", "body"].map((name) => [name, (this.form.elements.namedItem(name) as HTMLInputElement).value]));
  }

  private changed(): void {
    this.dirty = true;
    this.later(PAUSE);
  }

  private later(pause: number): void {
    window.clearTimeout(this.waiting);
    if (!this.theirs) this.waiting = window.setTimeout(() => void this.save(), pause);
  }

  private async save(): Promise<void> {
    window.clearTimeout(this.waiting);
    await this.saving;
    if (!this.dirty || this.theirs) return;
    this.saving = this.put();
    await this.saving;
    this.saving = undefined;
  }

  private async put(): Promise<void> {
    this.dirty = false;
    const text = this.read();
    const answer = await send(this.home.dataset["save"] ?? "", "PUT", JSON.stringify({ ...text, base: this.base })).catch(() => undefined);
    if (answer?.ok) {
      this.base = ((await answer.json()) as { version: number }).version;
      for (const field of this.home.querySelectorAll<HTMLInputElement>("input[name=base]")) field.value = String(this.base);
      localStorage.removeItem(this.key);
      return this.tell(say("Draft saved"));
    }
    this.dirty = true;
    this.remember();
    if (answer?.status === 409) return this.clash((await answer.json()) as { sentence: string; theirs: Theirs });
    this.tell(say("Kept in this browser"));
    if (answer?.status !== 422) this.later(AGAIN);
  }

  private clash(told: { sentence: string; theirs: Theirs }): void {
    this.theirs = told.theirs;
    this.part("[data-conflict-words]").textContent = told.sentence;
    this.part("[data-conflict]").hidden = false;
    this.part<HTMLElement>("[data-take-theirs]").focus();
  }

  private takeTheirs(): void {
    this.dirty = false;
    localStorage.removeItem(this.key);
    window.location.reload();
  }

  private keepMine(): void {
    this.base = this.theirs?.version ?? this.base;
    this.theirs = undefined;
    this.part("[data-conflict]").hidden = true;
    void this.save();
  }

  /** A step is taken with what is written, never with what was saved some letters before. */
  private async step(form: HTMLFormElement): Promise<void> {
    await this.save();
    if (!this.theirs && !this.dirty) form.submit();
  }

  private remember(): void {
    localStorage.setItem(this.key, JSON.stringify({ ...this.read(), base: this.base }));
  }

  private restore(): void {
    const kept = localStorage.getItem(this.key);
    if (!kept) return;
    const text = JSON.parse(kept) as Record<string, string | number>;
    for (const name of ["title", "summary", "keywords", "body"]) (this.form.elements.namedItem(name) as HTMLInputElement).value = String(text[name] ?? "");
    this.base = Number(text["base"]);
    this.dirty = true;
    this.later(PAUSE);
  }

  private tell(words: string): void {
    this.part("[data-saved]").textContent = words;
  }
}

export function watchArticles(): void {
  each("[data-text-editor]", (home) => void new Desk(home));
}
