/** Questions of a form that come and go with the answers before them; what is hidden is not sent. */

import { holds, type Answer, type Condition } from "./holds";

const WORDS = new Set(["text", "long", "email", "phone", "link"]);

/** Show and hide the questions within a box, in their order, by what is answered now. */
export function ask(box: ParentNode, now = Date.now()): void {
  const answers: Record<string, Answer> = {};
  const kinds: Record<string, string> = {};
  for (const question of box.querySelectorAll<HTMLElement>("[data-question]")) {
    const { question: name = "", kind = "", when } = question.dataset;
    kinds[name] = kind;
    const asked = !when || holds(JSON.parse(when) as Condition, answers, kinds, now) === true;
    question.hidden = !asked;
    for (const control of controls(question)) control.disabled = !asked;
    answers[name] = asked ? answer(question, kind) : null;
  }
  for (const section of box.querySelectorAll<HTMLElement>("[data-section]")) {
    section.hidden = !section.querySelector("[data-question]:not([hidden])");
  }
}

/** Follow what somebody answers within a box. */
export function follow(box: HTMLElement | ShadowRoot): void {
  box.addEventListener("input", () => ask(box));
  box.addEventListener("change", () => ask(box));
  ask(box);
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controls(question: HTMLElement): Control[] {
  return [...question.querySelectorAll<Control>("input, select, textarea")];
}

function answer(question: HTMLElement, kind: string): Answer {
  const given = controls(question)
    .filter((each) => !(each instanceof HTMLInputElement && ["radio", "checkbox"].includes(each.type)) || each.checked)
    .map((each) => each.value.trim())
    .filter(Boolean);
  const [first] = given;
  if (kind === "several") return given.map(Number);
  if (first === undefined) return null;
  if (WORDS.has(kind)) return first;
  if (kind === "yes") return first === "yes";
  if (kind === "day" || kind === "instant") return known(Date.parse(first));
  return known(Number(first.replace(/\s/g, "").replace(",", ".")));
}

function known(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
