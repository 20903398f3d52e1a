/** Templates: a list that typing narrows, opened by a slash in the text or by its key. */

import { say } from "../page";

interface Template {
  name: string;
  id: string;
  text: string;
  row: HTMLElement;
}

export class Picker {
  private readonly box = document.createElement("div");
  private readonly list = document.createElement("div");
  private readonly field = document.createElement("input");
  private templates: Template[] | undefined;
  private shown: Template[] = [];
  private chosen = 0;
  private take: (text: string) => void = () => undefined;
  /** Called with the id of what was taken, where it has one. */
  used: (id: string) => void = () => undefined;

  constructor(home: HTMLElement, private readonly url: string, words = say("Templates"), asks = say("Find a template"), private readonly none = say("No template fits.")) {
    this.box.className = "template-picker";
    this.box.hidden = true;
    this.box.setAttribute("aria-label", words);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words);
    this.field.className = "template-filter";
    this.field.placeholder = asks;
    this.field.setAttribute("aria-label", asks);
    this.box.append(this.field, this.list);
    home.append(this.box);
    this.field.addEventListener("input", () => this.draw(this.field.value));
    this.field.addEventListener("keydown", (event) => {
      if (this.key(event)) (event.preventDefault(), event.stopPropagation());
    });
    this.field.addEventListener("blur", () => window.setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const index = this.shown.findIndex((each) => each.row.contains(event.target as Node));
      if (index >= 0) (event.preventDefault(), this.pick(index));
    });
  }

  leave(): void {
    this.box.remove();
  }

  /** What can be chosen, as far as it was fetched. */
  get names(): readonly string[] {
    return (this.templates ?? []).map((each) => each.name);
  }

  async prepare(): Promise<void> {
    this.templates ??= await this.fetch();
  }

  get isOpen(): boolean {
    return !this.box.hidden;
  }

  /** Open at a place; `query` comes from the text, without one a field asks for it. */
  async open(at: DOMRect, query: string | undefined, take: (text: string) => void): Promise<void> {
    this.take = take;
    await this.prepare();
    this.box.hidden = false;
    this.box.setAttribute("role", query === undefined ? "dialog" : "region");
    this.field.hidden = query !== undefined;
    this.field.value = "";
    this.draw(query ?? "");
    if (query !== undefined && !this.shown.length) return this.close();
    this.box.style.setProperty("left", `${Math.max(8, Math.min(at.left, window.innerWidth - this.box.offsetWidth - 12))}px`);
    this.box.style.setProperty("bottom", `${window.innerHeight - at.top + 6}px`);
    if (query === undefined) this.field.focus();
  }

  close(): void {
    this.box.hidden = true;
  }

  /** Take the keys that belong to the list; true when one did. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen) return false;
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen - 1);
    else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") this.pick(this.chosen);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  private pick(index: number): void {
    const template = this.shown[index];
    this.close();
    if (!template) return;
    this.take(template.text);
    if (template.id) this.used(template.id);
  }

  private choose(index: number): void {
    this.chosen = Math.max(0, Math.min(index, this.shown.length - 1));
    this.shown.forEach((each, at) => each.row.setAttribute("aria-selected", String(at === this.chosen)));
    this.shown[this.chosen]?.row.scrollIntoView({ block: "nearest" });
  }

  private draw(query: string): void {
    const parts = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = (each: Template): boolean => parts.every((part) => `${each.name} ${each.text}`.toLocaleLowerCase().includes(part));
    this.shown = (this.templates ?? []).filter(fits);
    this.list.replaceChildren(...this.shown.map((each) => each.row));
    if (!this.shown.length) this.list.textContent = this.none;
    this.choose(0);
  }

  private async fetch(): Promise<Template[]> {
    const answer = await fetch(this.url, { headers: { "HX-Request": "true" } });
    const parsed = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    return [...parsed.querySelectorAll<HTMLElement>("[data-template]")].map((row) => ({
      name: row.querySelector(".template-name")?.textContent ?? "",
      id: row.dataset.templateId ?? "",
      text: row.dataset.template ?? "",
      row: document.adoptNode(row),
    }));
  }
}
