/** What a script is in the browser: steps as the server reads and writes them, and what can be asked of answers. */

import type { Condition, Field, Vocabulary } from "../building/tree";
import type { Step as Act } from "../steps";

export interface Texts { ru: string; en: string }
export interface Option { id: number; label: Texts }
export interface Way { when: Condition; to: number }
export interface Step {
  id: number;
  kind: "say" | "ask" | "do" | "end";
  text: Texts;
  answer: "one" | "several" | "text" | "number" | "day";
  required: boolean;
  options: Option[];
  actions: Act[];
  ways: Way[];
  then: number | null;
  solved: boolean;
}
export interface Named { value: string; label: string }
export interface Facts { kinds: Named[]; answers: Named[] }
export interface Asked { tickets: Vocabulary; answers: Record<Step["answer"], Field> }

export function fresh(kind: Step["kind"], steps: Step[]): Step {
  const id = Math.max(0, ...steps.map((each) => each.id)) + 1;
  const options = kind === "ask" ? [1, 2].map((key) => ({ id: key, label: { ru: "", en: "" } })) : [];
  return { id, kind, text: { ru: "", en: "" }, answer: "one", required: true, options, actions: [], ways: [], then: null, solved: true };
}

/** The words of a step in the language of the page, else in the other one. */
export function said(text: Texts): string {
  return document.documentElement.lang === "ru" ? text.ru || text.en : text.en || text.ru;
}

export function named(step: Step, steps: Step[]): string {
  const words = said(step.text).replace(/\s+/g, " ");
  return `${steps.indexOf(step) + 1}. ${words.length > 40 ? `${words.slice(0, 39)}…` : words || "…"}`;
}

/** The questions that stand in the script, as fields of the one condition language. */
export function vocabulary(asked: Asked, steps: Step[]): Vocabulary {
  const own: Field[] = [];
  for (const step of steps) {
    if (step.kind !== "ask") continue;
    const field = asked.answers[step.answer];
    const label = named(step, steps);
    if (step.answer === "several") {
      for (const each of step.options) own.push({ ...field, name: `answer.${step.id}.${each.id}`, label: `${label}: ${said(each.label)}` });
    } else {
      const options = step.answer === "one" ? { options: step.options.map((each) => ({ value: String(each.id), label: said(each.label) || "…" })) } : {};
      own.push({ ...field, name: `answer.${step.id}`, label, ...options });
    }
  }
  return { ...asked.tickets, fields: [...own, ...asked.tickets.fields] };
}

/** The way that an option of a choice goes by itself: the plainest condition there is. */
export function isChoice(way: Way, step: Step, option: Option): boolean {
  const when = way.when as { field?: string; operator?: string; value?: unknown };
  return when.field === `answer.${step.id}` && when.operator === "is" && when.value === String(option.id);
}
