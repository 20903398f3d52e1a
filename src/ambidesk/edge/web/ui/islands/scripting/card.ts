/** One step of a script as a card: its words in both languages, what it asks or does, where it goes on. */

import { Group } from "../building/group";
import { dropButton, select } from "../building/row";
import { element, say } from "../page";
import { StepForm, tools, type Action } from "../steps";
import { isChoice, named, vocabulary, type Asked, type Facts, type Option, type Step, type Texts, type Way } from "./flow";

export interface Desk {
  steps: () => Step[];
  facts: Facts;
  actions: Action[];
  asked: Asked;
  changed: () => void;
  redraw: (focus?: number) => void;
}

const NEXT = "";

export function card(step: Step, desk: Desk): HTMLElement {
  const row = element("li", { className: `flow-card ${step.kind}` });
  row.dataset.card = "";
  row.dataset.step = String(step.id);
  const kinds = select(say("What the step does"), desk.facts.kinds, step.kind);
  kinds.addEventListener("change", () => {
    step.kind = kinds.value as Step["kind"];
    if (step.kind === "ask" && !step.options.length) step.options = [1, 2].map((id) => ({ id, label: { ru: "", en: "" } }));
    desk.redraw(step.id);
  });
  const gone = (): void => {
    const steps = desk.steps();
    steps.splice(steps.indexOf(step), 1);
    desk.redraw();
  };
  const head = element("div", { className: "flow-head" });
  head.append(element("span", { className: "flow-place", textContent: String(desk.steps().indexOf(step) + 1) }), kinds, tools(gone));
  row.append(head, words(step.text, desk, "textarea"));
  if (step.kind === "ask") row.append(asking(step, desk));
  if (step.kind === "do") row.append(doing(step, desk));
  if (step.kind === "end") row.append(check(say("The matter is settled"), step.solved, (on) => ((step.solved = on), desk.changed())));
  else row.append(onwards(step, desk));
  return row;
}

function words(texts: Texts, desk: Desk, tag: "textarea" | "input"): HTMLElement {
  const box = element("div", { className: "flow-words" });
  for (const language of ["ru", "en"] as const) {
    const label = language === "ru" ? "Русский" : "English";
    const field = element(tag, { className: "input", value: texts[language], placeholder: label, lang: language });
    if (field instanceof HTMLTextAreaElement) field.rows = 2;
    field.setAttribute("aria-label", label);
    field.addEventListener("input", () => ((texts[language] = field.value), desk.changed()));
    box.append(field);
  }
  return box;
}

function check(label: string, on: boolean, set: (on: boolean) => void): HTMLElement {
  const box = element("label", { className: "flow-check" });
  const field = element("input", { type: "checkbox", checked: on });
  field.addEventListener("change", () => set(field.checked));
  box.append(field, element("span", { textContent: label }));
  return box;
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", className: "button quiet small", textContent: `+ ${label}` });
  made.addEventListener("click", press);
  return made;
}

function asking(step: Step, desk: Desk): HTMLElement {
  const box = element("div", { className: "flow-asking" });
  const kinds = select(say("What the answer is"), desk.facts.answers, step.answer);
  kinds.addEventListener("change", () => ((step.answer = kinds.value as Step["answer"]), desk.redraw(step.id)));
  const line = element("div", { className: "flow-line-of" });
  line.append(kinds, check(say("Needs an answer"), step.required, (on) => ((step.required = on), desk.changed())));
  box.append(line);
  if (step.answer !== "one" && step.answer !== "several") return box;
  for (const each of step.options) box.append(option(step, each, desk));
  box.append(button(say("Add an answer"), () => {
    const id = Math.max(0, ...step.options.map((each) => each.id)) + 1;
    step.options.push({ id, label: { ru: "", en: "" } });
    desk.redraw(step.id);
  }));
  return box;
}

function option(step: Step, given: Option, desk: Desk): HTMLElement {
  const row = element("div", { className: "flow-option" });
  row.append(words(given.label, desk, "input"));
  if (step.answer === "one") {
    const way = step.ways.find((each) => isChoice(each, step, given));
    const to = target(step, desk, way?.to ?? null, say("goes on as below"));
    to.addEventListener("change", () => {
      step.ways = step.ways.filter((each) => !isChoice(each, step, given));
      if (to.value) step.ways.push({ when: { field: `answer.${step.id}`, operator: "is", value: String(given.id) }, to: Number(to.value) });
      desk.changed();
    });
    row.append(to);
  }
  row.append(dropButton(say("Remove this answer"), () => {
    step.options = step.options.filter((each) => each !== given);
    step.ways = step.ways.filter((each) => !isChoice(each, step, given));
    desk.redraw(step.id);
  }));
  return row;
}

function doing(step: Step, desk: Desk): HTMLElement {
  const box = element("div", { className: "flow-doing" });
  const forms: StepForm[] = [];
  const keep = (): void => {
    step.actions = forms.map((each) => each.step);
    desk.changed();
  };
  const add = (given?: Step["actions"][number]): void => {
    const form = new StepForm(desk.actions, keep, given);
    const row = element("div", { className: "flow-act" });
    forms.push(form);
    row.append(form.box, dropButton(say("Remove this step"), () => (forms.splice(forms.indexOf(form), 1), row.remove(), keep())));
    more.before(row);
  };
  const more = button(say("Add an action"), () => (add(), keep()));
  box.append(more);
  if (step.actions.length) step.actions.forEach(add);
  else add();
  if (!step.actions.length) step.actions = forms.map((each) => each.step);
  return box;
}

/** Where it goes on: branches by conditions first, then everything else. */
function onwards(step: Step, desk: Desk): HTMLElement {
  const box = element("div", { className: "flow-onwards" });
  const plain = step.ways.filter((way) => step.answer !== "one" || step.kind !== "ask" || !step.options.some((each) => isChoice(way, step, each)));
  for (const way of plain) box.append(branch(step, way, desk));
  const line = element("label", { className: "flow-then" });
  const to = target(step, desk, step.then, say("the next step"));
  to.addEventListener("change", () => ((step.then = to.value ? Number(to.value) : null), desk.changed()));
  line.append(element("span", { textContent: step.ways.length ? say("Otherwise on to") : say("Then on to") }), to);
  box.append(line, button(say("Add a branch"), () => {
    const first = desk.asked && vocabulary(desk.asked, desk.steps()).fields[0];
    const other = desk.steps().find((each) => each !== step);
    if (!first || !other) return;
    step.ways.push({ when: { all: [{ field: first.name, operator: first.operators[0]?.name ?? "" }] }, to: other.id });
    desk.redraw(step.id);
  }));
  return box;
}

function branch(step: Step, way: Way, desk: Desk): HTMLElement {
  const row = element("div", { className: "flow-branch" });
  const known = vocabulary(desk.asked, desk.steps());
  const group: Group = new Group(known, () => ((way.when = group.condition ?? { all: [] }), desk.changed()), way.when, known.deepest);
  const to = target(step, desk, way.to);
  to.addEventListener("change", () => ((way.to = Number(to.value)), desk.changed()));
  const line = element("div", { className: "flow-then" });
  line.append(element("span", { textContent: say("then on to") }), to, dropButton(say("Remove this branch"), () => {
    step.ways.splice(step.ways.indexOf(way), 1);
    desk.redraw(step.id);
  }));
  row.append(group.box, line);
  return row;
}

function target(step: Step, desk: Desk, chosen: number | null, none?: string): HTMLSelectElement {
  const steps = desk.steps();
  const choices = steps.filter((each) => each !== step).map((each) => ({ value: String(each.id), label: `→ ${named(each, steps)}` }));
  const box = select(say("Where it goes on"), [...(none === undefined ? [] : [{ value: NEXT, label: none }]), ...choices], chosen === null ? NEXT : String(chosen));
  box.classList.add("flow-target");
  return box;
}
