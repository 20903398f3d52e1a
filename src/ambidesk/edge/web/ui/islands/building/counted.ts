/** One count as a row: of what, how many, since when, and beneath it which of them. */

import { element, say } from "../page";
import { Group } from "./group";
import { dropButton, duration, select, subjects, type Place } from "./row";
import { inside, type Condition, type Counted, type Relation, type Span } from "./tree";

const EVER = "";
const WITHIN = "within";

export class Count {
  readonly box = element("div", { className: "builder-count" });
  private readonly relation: Relation;
  private readonly quantity: HTMLSelectElement;
  private readonly number = element("input", { type: "number", className: "input amount" });
  private readonly window = element("span", { className: "builder-window" });
  private readonly below = element("div", { className: "builder-of" });
  private within: () => Span | undefined = () => undefined;
  private where: Group | undefined;

  /** `left` says how deep its own condition may still go. */
  constructor(private readonly place: Place, given: Counted, private readonly left: number) {
    const { vocabulary } = place;
    this.relation = vocabulary.relations.find((each) => each.name === given.relation) ?? (vocabulary.relations[0] as Relation);
    this.quantity = select(say("Comparison"), vocabulary.quantities, given.quantity);
    this.number.value = String(given.number);
    this.number.max = String(vocabulary.largest_count);
    this.number.setAttribute("aria-label", say("How many"));
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", this.relation.label);
    this.draw(given);
  }

  get condition(): Counted {
    const number = Math.max(Number(this.number.min), Math.trunc(Number(this.number.value) || 0));
    const [within, where] = [this.within(), this.where?.condition];
    return { relation: this.relation.name, quantity: this.quantity.value, number, ...(within ? { within } : {}), ...(where ? { where } : {}) };
  }

  private draw(given: Counted): void {
    const row = element("div", { className: "builder-row" });
    const subject = subjects(this.place, () => this.box, { relation: this.relation.name }, (field) => {
      this.place.swap(this.box, { field: field.name, operator: field.operators[0]?.name ?? "" });
    });
    const drop = dropButton(say("Remove this condition"), () => this.place.drop(this.box));
    row.append(subject, this.quantity, this.number, ...(this.relation.timed ? [this.since(given.within)] : []), drop);
    this.quantity.addEventListener("input", () => (this.bound(), this.place.changed()));
    this.number.addEventListener("input", this.place.changed);
    this.bound();
    this.box.append(row, this.below);
    this.narrow(given.where);
  }

  /** At least none is no question. */
  private bound(): void {
    this.number.min = this.quantity.value === "at_least" ? "1" : "0";
    if (Number(this.number.value) < Number(this.number.min)) this.number.value = this.number.min;
  }

  private since(given?: Span): HTMLElement {
    const choices = [{ value: EVER, label: say("at any time") }, { value: WITHIN, label: say("in the last") }];
    const box = select(say("Since when"), choices, given ? WITHIN : EVER);
    const draw = (span?: Span): void => {
      const made = box.value === WITHIN ? duration(this.place.vocabulary, span ?? { amount: 30, unit: "days" }, this.place.changed) : undefined;
      this.within = made?.read ?? (() => undefined);
      this.window.replaceChildren(box, ...(made?.parts ?? []));
    };
    box.addEventListener("change", () => (draw(), this.place.changed(), box.focus()));
    draw(given);
    return this.window;
  }

  private narrow(given?: Condition): void {
    if (given) {
      this.where = new Group(inside(this.place.vocabulary, this.relation), this.place.changed, given, this.left, () => this.widen());
      this.below.replaceChildren(element("span", { className: "builder-those", textContent: say("only those for which") }), this.where.box);
      return;
    }
    this.where = undefined;
    const more = element("button", { type: "button", className: "button quiet small", textContent: `+ ${say("Only some of them")}` });
    more.addEventListener("click", () => {
      const [field] = inside(this.place.vocabulary, this.relation).fields;
      this.narrow({ all: [{ field: field?.name ?? "", operator: field?.operators[0]?.name ?? "" }] });
      this.place.changed();
      this.where?.focus();
    });
    this.below.replaceChildren(...(this.left < 1 ? [] : [more]));
  }

  private widen(): void {
    this.narrow();
    this.place.changed();
    this.below.querySelector<HTMLElement>("button")?.focus();
  }
}
