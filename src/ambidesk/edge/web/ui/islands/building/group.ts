/** Conditions that go together: rows, counts and further groups, under one of four ways to join them. */

import { element, say } from "../page";
import { Count } from "./counted";
import { dropButton, Row, select, type Place } from "./row";
import { group, isComparison, isCounted, levels, written, type Condition, type Join, type Vocabulary } from "./tree";

type Part = Row | Count | Group;

export class Group {
  readonly box = element("div", { className: "builder-group" });
  private readonly place = element("div", { className: "builder-rows" });
  private readonly parts = new Map<Element, Part>();
  private readonly deeper: HTMLButtonElement;
  private join: Join;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly changed: () => void,
    given: Condition,
    /** How deep its own parts' parts may still go. */
    private readonly left: number,
    private readonly drop?: (box: HTMLElement) => void,
  ) {
    const known = group(given);
    this.join = known.join;
    this.deeper = this.button(say("Add a group"), () => this.begin({ any: [this.first] }));
    this.box.setAttribute("role", "group");
    this.box.append(this.head(), this.place, this.foot());
    for (const part of known.parts) this.put(part);
    this.told();
  }

  get condition(): Condition | undefined {
    const parts = [...this.place.children].map((box) => this.parts.get(box)?.condition).filter((part) => part !== undefined);
    return parts.length || !this.drop ? written({ join: this.join, parts }) : undefined;
  }

  focus(): void {
    this.box.querySelector<HTMLElement>("select")?.focus();
  }

  private get first(): Condition {
    const field = this.vocabulary.fields[0];
    return { field: field?.name ?? "", operator: field?.operators[0]?.name ?? "" };
  }

  private head(): HTMLElement {
    const joins: [Join, string][] = [
      ["all", say("All of these hold")],
      ["any", say("Any of these holds")],
      ["none", say("None of these holds")],
      ["notall", say("Not all of these hold")],
    ];
    const box = select(say("How the conditions go together"), joins.map(([value, label]) => ({ value, label })), this.join);
    box.addEventListener("change", () => ((this.join = box.value as Join), this.told(), this.changed()));
    const head = element("div", { className: "builder-join" });
    head.append(box);
    const drop = this.drop;
    if (drop) head.append(dropButton(say("Remove this group"), () => drop(this.box)));
    return head;
  }

  private foot(): HTMLElement {
    const foot = element("div", { className: "builder-add" });
    foot.append(this.button(say("Add a condition"), () => this.begin(this.first)), this.deeper);
    return foot;
  }

  private button(words: string, press: () => void): HTMLButtonElement {
    const button = element("button", { type: "button", className: "button quiet small", textContent: `+ ${words}` });
    button.addEventListener("click", press);
    return button;
  }

  private begin(given: Condition): void {
    this.put(given);
    this.changed();
    this.place.lastElementChild?.querySelector<HTMLElement>("select")?.focus();
  }

  private put(given: Condition): Part {
    const part = this.made(given);
    this.parts.set(part.box, part);
    this.place.append(part.box);
    return part;
  }

  private made(given: Condition): Part {
    const gone = (box: HTMLElement): void => this.take(box);
    const place: Place = { vocabulary: this.vocabulary, changed: this.changed, drop: gone, swap: (box, by) => this.swap(box, by) };
    const room = this.left - levels(this.join);
    if (isComparison(given)) return new Row(place, given);
    if (isCounted(given)) return new Count(place, given, room - 1);
    return new Group(this.vocabulary, this.changed, given, room, gone);
  }

  private swap(box: HTMLElement, by: Condition): void {
    const part = this.put(by);
    this.parts.delete(box);
    box.replaceWith(part.box);
    part.box.querySelector<HTMLElement>("select")?.focus();
    this.changed();
  }

  /** What is left without parts goes as well; whoever removed it by key stands where it was. */
  private take(box: HTMLElement): void {
    const near = box.nextElementSibling ?? box.previousElementSibling;
    box.remove();
    this.parts.delete(box);
    if (!this.place.children.length && this.drop) return this.drop(this.box);
    (near ?? this.box).querySelector<HTMLElement>("select, button")?.focus();
    this.changed();
  }

  private told(): void {
    const chosen = this.box.querySelector("select")?.selectedOptions[0]?.textContent ?? "";
    this.box.setAttribute("aria-label", chosen);
    this.deeper.hidden = this.left - levels(this.join) < 1;
  }
}
