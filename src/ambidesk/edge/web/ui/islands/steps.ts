/** The editor of steps: actions of one list with typed parameters, in an order set by mouse or keys. */

import { each, element, say } from "./page";

interface Option {
  value: string | number;
  label: string;
}
interface Parameter {
  name: string;
  label: string;
  type: string;
  many: boolean;
  required: boolean;
  options: Option[] | null;
  /** The parameter on whose value it depends what its control is. */
  on?: string;
  controls?: Record<string, { type: string; options: Option[] | null }>;
  /** One control, kept as a list of one. */
  listed?: boolean;
}
export interface Action {
  name: string;
  label: string;
  parameters: Parameter[];
}
type Value = string | number | boolean | null | (string | number)[];
export interface Step {
  action: string;
  parameters: Record<string, Value>;
}

export function read(id: string): Action[] {
  return JSON.parse(document.getElementById(id)?.textContent ?? "[]") as Action[];
}

const INPUTS = ["date", "datetime-local", "email", "tel", "text", "url"];

/** One action with its parameters; `changed` is called with every change of it. */
export class StepForm {
  readonly box = element("div", { className: "step-form" });
  private values: Record<string, Value>;
  private action: Action;

  constructor(private readonly actions: Action[], private readonly changed: () => void, given?: Step) {
    this.action = actions.find((each) => each.name === given?.action) ?? (actions[0] as Action);
    this.values = { ...(given?.parameters ?? {}) };
    this.draw();
  }

  get step(): Step {
    return { action: this.action.name, parameters: { ...this.values } };
  }

  private draw(): void {
    const chosen = element("select", { className: "input" });
    chosen.setAttribute("aria-label", say("What is done"));
    for (const each of this.actions) chosen.append(element("option", { value: each.name, textContent: each.label, selected: each === this.action }));
    chosen.addEventListener("change", () => {
      this.action = this.actions.find((each) => each.name === chosen.value) ?? this.action;
      this.values = {};
      this.draw();
      this.changed();
      this.box.querySelector("select")?.focus();
    });
    this.box.replaceChildren(chosen, ...this.action.parameters.map((each) => this.field(each)));
  }

  private set(parameter: Parameter, value: Value | undefined): void {
    if (value === undefined) delete this.values[parameter.name];
    else this.values[parameter.name] = parameter.listed ? [value as string] : value;
    const followers = this.action.parameters.filter((each) => each.on === parameter.name);
    for (const each of followers) delete this.values[each.name];
    if (followers.length) this.draw();
    this.changed();
  }

  private get(parameter: Parameter): Value | undefined {
    const value = this.values[parameter.name];
    return parameter.listed ? (value as (string | number)[] | undefined)?.[0] : value;
  }

  /** As it is where another parameter names something: a field has a control of its own. */
  private settled(parameter: Parameter): Parameter | undefined {
    if (!parameter.on) return parameter;
    const control = parameter.controls?.[String(this.values[parameter.on])];
    const several = control?.type === "several";
    return control && { ...parameter, ...control, many: several, listed: parameter.many && !several };
  }

  private field(given: Parameter): HTMLElement {
    const parameter = this.settled(given);
    if (!parameter) return element("span");
    if (parameter.options && parameter.many) return this.several(parameter, parameter.options);
    const label = element("label", { className: "step-field" });
    label.append(element("span", { textContent: parameter.label }));
    label.append(parameter.options ? this.one(parameter, parameter.options) : this.typed(parameter));
    return label;
  }

  private one(parameter: Parameter, options: Option[]): HTMLElement {
    const box = element("select", { className: "input" });
    const value = this.get(parameter);
    if (!parameter.required) box.append(element("option", { value: "", textContent: say("Nobody or nothing") }));
    for (const each of options) box.append(element("option", { value: String(each.value), textContent: each.label, selected: each.value === value }));
    const take = (): void => {
      const found = options.find((each) => String(each.value) === box.value);
      this.set(parameter, found ? found.value : parameter.required || parameter.listed ? undefined : null);
    };
    if (value === undefined) queueMicrotask(take);
    box.addEventListener("change", take);
    return box;
  }

  private several(parameter: Parameter, options: Option[]): HTMLElement {
    const set = element("fieldset", { className: "step-several" });
    set.append(element("legend", { textContent: parameter.label }));
    const chosen = new Set((this.values[parameter.name] as (string | number)[] | undefined) ?? []);
    for (const each of options) {
      const label = element("label", { className: "chip" });
      const box = element("input", { type: "checkbox", checked: chosen.has(each.value) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(each.value);
        else chosen.delete(each.value);
        this.set(parameter, chosen.size ? [...chosen] : undefined);
      });
      label.append(box, element("span", { textContent: each.label }));
      set.append(label);
    }
    return set;
  }

  private typed(parameter: Parameter): HTMLElement {
    const value = this.get(parameter);
    if (parameter.type === "bool") {
      const box = element("input", { type: "checkbox", checked: value === true });
      box.addEventListener("change", () => this.set(parameter, box.checked));
      return box;
    }
    if (parameter.type === "int") {
      const box = element("input", { className: "input", type: "number", min: "1", value: value === undefined ? "" : String(value) });
      box.addEventListener("input", () => this.set(parameter, box.value ? Math.trunc(Number(box.value)) : undefined));
      return box;
    }
    if (INPUTS.includes(parameter.type)) {
      const box = element("input", { className: "input", type: parameter.type, value: String(value ?? "") });
      box.addEventListener("input", () => this.set(parameter, box.value || undefined));
      return box;
    }
    const box = element("textarea", { className: "input", rows: 3, value: String(value ?? "") });
    box.addEventListener("input", () => this.set(parameter, box.value || undefined));
    return box;
  }
}

/** Let the cards of a list change places: by a handle, by Alt with arrows, by buttons. */
export function orderable(list: HTMLElement, moved: () => void): void {
  let held: HTMLElement | undefined;
  const card = (target: EventTarget | null): HTMLElement | undefined => (target as HTMLElement).closest<HTMLElement>("[data-card]") ?? undefined;
  list.addEventListener("dragstart", (event) => {
    held = (event.target as HTMLElement).closest("[data-handle]") ? card(event.target) : undefined;
    if (!held) event.preventDefault();
    else event.dataTransfer?.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    const over = card(event.target);
    if (!held || !over || over === held) return;
    event.preventDefault();
    const below = event.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
    over[below ? "after" : "before"](held);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => (held && moved(), (held = undefined)));
  const go = (from: HTMLElement, step: number, focus: HTMLElement): void => {
    const other = step < 0 ? from.previousElementSibling : from.nextElementSibling;
    if (!other) return;
    other[step < 0 ? "before" : "after"](from);
    focus.focus();
    moved();
  };
  list.addEventListener("keydown", (event) => {
    const from = card(event.target);
    if (!from || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    go(from, event.key === "ArrowUp" ? -1 : 1, event.target as HTMLElement);
  });
  list.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-move]");
    const from = card(event.target);
    if (button && from) go(from, Number(button.dataset.move), button);
  });
}

export function tools(remove: () => void): HTMLElement {
  const box = element("div", { className: "step-tools" });
  const handle = element("span", { className: "step-handle", textContent: "⠿", draggable: true });
  handle.dataset.handle = "";
  handle.setAttribute("aria-hidden", "true");
  const button = (sign: string, words: string): HTMLButtonElement => {
    const made = element("button", { type: "button", className: "button quiet small", textContent: sign, title: words });
    made.setAttribute("aria-label", words);
    return made;
  };
  const up = button("↑", say("Earlier"));
  const down = button("↓", say("Later"));
  up.dataset.move = "-1";
  down.dataset.move = "1";
  const away = button("×", say("Remove this step"));
  away.addEventListener("click", remove);
  box.append(handle, up, down, away);
  return box;
}

function edit(editor: HTMLElement): void {
  const value = editor.querySelector<HTMLTextAreaElement>("[data-steps-value]");
  const list = editor.querySelector<HTMLElement>("[data-step-cards]");
  if (!value || !list) return;
  const actions = read("step-actions");
  const forms = new Map<Element, StepForm>();
  const keep = (): void => {
    value.value = JSON.stringify([...list.children].map((each) => forms.get(each)?.step).filter(Boolean));
  };
  const add = (given?: Step): void => {
    const row = element("li", { className: "step-card" });
    row.dataset.card = "";
    const form = new StepForm(actions, keep, given);
    forms.set(row, form);
    row.append(form.box, tools(() => (row.remove(), keep())));
    list.append(row);
    if (!given) row.querySelector("select")?.focus();
  };
  (JSON.parse(value.value || "[]") as Step[]).forEach(add);
  editor.querySelector("[data-add-step]")?.addEventListener("click", () => (add(), keep()));
  orderable(list, keep);
}

export function watchSteps(): void {
  each<HTMLElement>("[data-steps-editor]", edit);
}
