/** The editor of forms: questions and sections in an order set by mouse or keys, shown as they will be. */

import { Group } from "../building/group";
import type { Condition, Vocabulary } from "../building/tree";
import { each, element, language, say, send } from "../page";
import { orderable, tools } from "../steps";
import { ask } from "./questions";

interface Field {
  id: number;
  name: string;
  label: string;
  kind: string;
  public: boolean;
}
interface Facts {
  fields: Field[];
  needed: { value: string; label: string }[];
  vocabulary: Vocabulary;
}
interface Section {
  kind: "section";
  en: string;
  ru: string;
}
interface Question {
  kind: "question";
  field: number;
  needed: string;
  when: Condition | null;
}
type Row = Section | Question;
const PAUSE = 300;

class Editor {
  private readonly list: HTMLElement;
  private readonly rows = new Map<Element, Row>();
  private shown = language().slice(0, 2);
  private waiting = 0;

  constructor(private readonly editor: HTMLElement, private readonly value: HTMLTextAreaElement, private readonly facts: Facts) {
    this.list = editor.querySelector("[data-form-cards]") as HTMLElement;
    for (const row of JSON.parse(value.value || "[]") as Row[]) this.put(row);
    orderable(this.list, () => (this.redraw(), this.changed()));
    this.adding();
    for (const button of editor.querySelectorAll<HTMLElement>("[data-preview-language]")) {
      button.addEventListener("click", () => ((this.shown = button.dataset.previewLanguage ?? "en"), void this.preview()));
    }
    void this.preview();
  }

  private adding(): void {
    const chosen = this.editor.querySelector<HTMLSelectElement>("[data-add-question]");
    for (const field of this.facts.fields) chosen?.append(element("option", { value: String(field.id), textContent: `${field.label} · ${field.kind}` }));
    chosen?.addEventListener("change", () => {
      if (!chosen.value) return;
      this.put({ kind: "question", field: Number(chosen.value), needed: "no", when: null });
      chosen.value = "";
      this.changed();
    });
    this.editor.querySelector("[data-add-section]")?.addEventListener("click", () => {
      this.put({ kind: "section", en: "", ru: "" });
      this.list.lastElementChild?.querySelector("input")?.focus();
      this.changed();
    });
  }

  private put(row: Row): void {
    const card = element("li", { className: "step-card" });
    card.dataset.card = "";
    this.rows.set(card, row);
    this.list.append(card);
    this.draw(card, row);
  }

  private draw(card: HTMLElement, row: Row): void {
    const away = tools(() => (card.remove(), this.redraw(), this.changed()));
    card.replaceChildren(row.kind === "section" ? this.section(row) : this.question(card, row), away);
  }

  /** Conditions ask of what stands before them: another order is another vocabulary. */
  private redraw(): void {
    for (const [card, row] of this.rows) if (card.isConnected && row.kind === "question" && row.when) this.draw(card as HTMLElement, row);
  }

  private section(row: Section): HTMLElement {
    const box = element("div", { className: "step-form form-section" });
    for (const name of ["en", "ru"] as const) {
      const words = name === "en" ? say("Title in English") : say("Title in Russian");
      const input = element("input", { className: "input", value: row[name], placeholder: words, maxLength: 120 });
      input.lang = name;
      input.setAttribute("aria-label", words);
      input.addEventListener("input", () => ((row[name] = input.value), this.changed()));
      box.append(input);
    }
    return box;
  }

  private question(card: HTMLElement, row: Question): HTMLElement {
    const box = element("div", { className: "step-form" });
    const field = this.facts.fields.find((each) => each.id === row.field);
    const head = element("p", { className: "form-question" });
    head.append(element("strong", { textContent: field?.label ?? "?" }), element("span", { className: "quiet", textContent: [field?.kind ?? "", field?.public === false ? say("Staff only") : ""].filter(Boolean).join(" · ") }));
    const needed = element("select", { className: "input" });
    needed.setAttribute("aria-label", say("When it is needed"));
    for (const each of this.facts.needed) needed.append(element("option", { value: each.value, textContent: each.label, selected: each.value === row.needed }));
    needed.addEventListener("change", () => ((row.needed = needed.value), this.changed()));
    box.append(head, needed, this.condition(card, row));
    return box;
  }

  private condition(card: HTMLElement, row: Question): HTMLElement {
    const before = this.before(card);
    if (!before.fields.length) return element("span");
    const place = element("div", { className: "form-when" });
    const toggle = element("button", { type: "button", className: "button quiet small", textContent: row.when ? say("Ask always") : say("Ask only if…") });
    toggle.addEventListener("click", () => {
      const [first] = before.fields;
      row.when = row.when ? null : { all: [{ field: first?.name ?? "", operator: first?.operators[0]?.name ?? "" }] };
      this.draw(card, row);
      this.changed();
      card.querySelector<HTMLElement>(".form-when select")?.focus();
    });
    place.append(toggle);
    if (row.when) {
      const group: Group = new Group(before, () => ((row.when = group.condition ?? null), this.changed()), row.when, before.deepest);
      place.append(group.box);
    }
    return place;
  }

  private before(card: HTMLElement): Vocabulary {
    const names = new Set<string>();
    for (const each of this.list.children) {
      if (each === card) break;
      const row = this.rows.get(each);
      if (row?.kind === "question") names.add(`field_${row.field}`);
    }
    return { ...this.facts.vocabulary, fields: this.facts.vocabulary.fields.filter((each) => names.has(each.name)) };
  }

  private changed(): void {
    this.value.value = JSON.stringify([...this.list.children].map((card) => this.rows.get(card)));
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.preview(), PAUSE);
  }

  private async preview(): Promise<void> {
    const [tried, shown] = [this.value.value || "[]", this.shown];
    for (const button of this.editor.querySelectorAll<HTMLElement>("[data-preview-language]")) button.setAttribute("aria-pressed", String(button.dataset.previewLanguage === shown));
    const answer = await send(this.editor.dataset.previewUrl ?? "", "POST", new URLSearchParams({ form: tried, language: shown }));
    const place = this.editor.querySelector<HTMLElement>("[data-form-preview]");
    if (!answer.ok || !place || shown !== this.shown) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What is tried out in the preview is not sent with the settings.
    for (const control of parsed.querySelectorAll("[name]")) control.setAttribute("form", "none");
    place.replaceChildren(...parsed.body.childNodes);
    ask(place);
  }
}

export function watchFormEditors(): void {
  each<HTMLElement>("[data-form-editor]", (editor) => {
    const value = editor.querySelector<HTMLTextAreaElement>("[data-form-value]");
    const facts = JSON.parse(document.getElementById("form-facts")?.textContent ?? "null") as Facts | null;
    if (value && facts) new Editor(editor, value, facts);
  });
}
