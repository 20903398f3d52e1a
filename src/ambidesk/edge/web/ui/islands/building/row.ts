/** One condition of a view as a row: field, operator and value, each a control of its own. */

import { element, say } from "../page";
import type { Comparison, Condition, Field, Operator, Span, Value, Vocabulary } from "./tree";

/** What a row needs of the group that it stands in; `swap` puts another part in its place. */
export interface Place {
  vocabulary: Vocabulary;
  changed: () => void;
  drop: (box: HTMLElement) => void;
  swap: (box: HTMLElement, by: Condition) => void;
}

const RELATION = "relation:";

export function select(label: string, choices: { value: string; label: string }[], chosen?: string): HTMLSelectElement {
  const box = element("select", { className: "input" });
  box.setAttribute("aria-label", label);
  for (const choice of choices) box.append(element("option", { value: choice.value, textContent: choice.label, selected: choice.value === chosen }));
  return box;
}

export function dropButton(label: string, drop: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", className: "button quiet small drop" });
  button.setAttribute("aria-label", label);
  button.append(element("span", { textContent: "×" }));
  button.addEventListener("click", drop);
  return button;
}

/** The choice of what is asked: fields, and what can be counted. */
export function subjects(place: Place, box: () => HTMLElement, chosen: { field?: string; relation?: string }, again: (field: Field) => void): HTMLSelectElement {
  const { fields, relations } = place.vocabulary;
  const asked = fields.map((each) => element("option", { value: each.name, textContent: each.label, selected: each.name === chosen.field }));
  const made = select(say("Field"), []);
  if (!relations.length) made.append(...asked);
  else {
    const counted = relations.map((each) => element("option", { value: RELATION + each.name, textContent: each.label, selected: each.name === chosen.relation }));
    for (const [label, options] of [[say("Fields"), asked], [say("How many there are"), counted]] as const) {
      const group = element("optgroup", { label });
      group.append(...options);
      made.append(group);
    }
  }
  made.addEventListener("change", () => {
    if (made.value.startsWith(RELATION)) return place.swap(box(), { relation: made.value.slice(RELATION.length), quantity: "at_least", number: 1 });
    const field = fields.find((each) => each.name === made.value);
    if (field) again(field);
  });
  return made;
}

/** A number of a unit of time. */
export function duration(vocabulary: Vocabulary, given: Span | undefined, changed: () => void): { parts: HTMLElement[]; read: () => Span } {
  const amount = element("input", { type: "number", className: "input amount", min: "0", value: String(given?.amount ?? 1) });
  amount.setAttribute("aria-label", say("How many"));
  const unit = select(say("Unit"), vocabulary.units, given?.unit ?? "days");
  for (const part of [amount, unit]) part.addEventListener("input", changed);
  return { parts: [amount, unit], read: () => ({ amount: Math.max(0, Math.trunc(Number(amount.value) || 0)), unit: unit.value }) };
}

export class Row {
  readonly box = element("div", { className: "builder-row" });
  private field: Field;
  private operator: Operator;
  private read: () => Value | undefined = () => undefined;

  constructor(private readonly place: Place, given?: Comparison) {
    const { fields } = place.vocabulary;
    this.field = fields.find((each) => each.name === given?.field) ?? (fields[0] as Field);
    this.operator = this.field.operators.find((each) => each.name === given?.operator) ?? (this.field.operators[0] as Operator);
    this.draw(given?.value);
  }

  get condition(): Comparison {
    const value = this.read();
    return { field: this.field.name, operator: this.operator.name, ...(value === undefined ? {} : { value }) };
  }

  private draw(value?: Value): void {
    const fields = subjects(this.place, () => this.box, { field: this.field.name }, (field) => {
      this.field = field;
      this.operator = field.operators[0] as Operator;
      this.redraw();
    });
    const operators = select(say("Comparison"), this.field.operators.map((each) => ({ value: each.name, label: each.label })), this.operator.name);
    operators.addEventListener("change", () => {
      const before = this.operator.shape;
      const kept = this.read();
      this.operator = this.field.operators.find((each) => each.name === operators.value) ?? this.operator;
      this.redraw(before === this.operator.shape ? kept : undefined);
    });
    const drop = dropButton(say("Remove this condition"), () => this.place.drop(this.box));
    this.box.replaceChildren(fields, operators, ...this.values(value), drop);
  }

  private redraw(value?: Value): void {
    this.draw(value);
    this.place.changed();
  }

  private values(given?: Value): HTMLElement[] {
    this.read = () => undefined;
    if (this.operator.shape === "nothing") return [];
    if (this.operator.shape === "duration") {
      const made = duration(this.place.vocabulary, given as Span | undefined, this.place.changed);
      this.read = made.read;
      return made.parts;
    }
    if (this.operator.shape === "many") return [this.many((given as (string | number)[] | undefined) ?? [])];
    return [this.one(given)];
  }

  private get choices(): { key: string; label: string; value: Value }[] {
    const all = [...(this.field.symbols ?? []), ...(this.field.options ?? [])];
    return all.map((each) => ({ key: JSON.stringify(each.value), label: each.label, value: each.value }));
  }

  private one(given?: Value): HTMLElement {
    const label = this.field.label;
    if (this.field.kind === "boolean") {
      const box = select(label, [{ value: "true", label: say("yes") }, { value: "false", label: say("no") }], String(given ?? true));
      this.read = () => box.value === "true";
      box.addEventListener("input", this.place.changed);
      return box;
    }
    if (this.field.options || this.field.symbols) {
      const choices = this.choices;
      const box = select(label, choices.map((each) => ({ value: each.key, label: each.label })), given === undefined ? undefined : JSON.stringify(given));
      this.read = () => choices.find((each) => each.key === box.value)?.value ?? null;
      box.addEventListener("input", this.place.changed);
      return box;
    }
    const kind = { number: "number", instant: "datetime-local" }[this.field.kind] ?? "text";
    const box = element("input", { type: kind, className: "input" });
    box.setAttribute("aria-label", label);
    box.value = kind === "datetime-local" && typeof given === "string" ? local(given) : String(given ?? "");
    this.read = () => {
      if (kind === "number") return Number(box.value || 0);
      return kind === "datetime-local" && box.value ? new Date(box.value).toISOString() : box.value;
    };
    box.addEventListener("input", this.place.changed);
    return box;
  }

  private many(given: (string | number)[]): HTMLElement {
    const chosen = new Set(given.map((each) => JSON.stringify(each)));
    const menu = element("details", { className: "menu many" });
    menu.dataset.menu = "";
    const summary = element("summary", { className: "button" });
    const body = element("div", { className: "menu-body" });
    const tell = (): void => {
      const names = this.choices.filter((each) => chosen.has(each.key)).map((each) => each.label);
      summary.textContent = names.length ? names.join(", ") : say("Choose");
    };
    for (const choice of this.choices) {
      const label = element("label", { className: "check" });
      const box = element("input", { type: "checkbox", checked: chosen.has(choice.key) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(choice.key);
        else chosen.delete(choice.key);
        tell();
        this.place.changed();
      });
      label.append(box, element("span", { textContent: choice.label }));
      body.append(label);
    }
    tell();
    menu.append(summary, body);
    this.read = () => this.choices.filter((each) => chosen.has(each.key)).map((each) => each.value as string | number);
    return menu;
  }
}

function local(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
