/** Small parts of the designer's table: words in two languages, checks, choices, buttons. */

import { element } from "../page";
import type { Named, Texts } from "./plan";

export function words(texts: Texts, changed: () => void, about: string): HTMLElement {
  const box = element("div", { className: "flow-words" });
  for (const language of ["ru", "en"] as const) {
    const label = language === "ru" ? "Русский" : "English";
    const field = element("input", { className: "input", value: texts[language], placeholder: label, lang: language, maxLength: 200 });
    field.setAttribute("aria-label", `${about}: ${label}`);
    field.addEventListener("input", () => ((texts[language] = field.value), changed()));
    box.append(field);
  }
  return box;
}

export function check(label: string, on: boolean, set: (on: boolean) => void): HTMLElement {
  const box = element("label", { className: "flow-check" });
  const field = element("input", { type: "checkbox", checked: on });
  field.addEventListener("change", () => set(field.checked));
  box.append(field, element("span", { textContent: label }));
  return box;
}

export function button(label: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", className: "button quiet small", textContent: label });
  made.addEventListener("click", press);
  return made;
}

/** A choice with its label above. */
export function choice(label: string, options: Named[], value: string, set: (value: string) => void, none?: string): HTMLElement {
  const box = element("label", { className: "plan-field" });
  const field = element("select", { className: "input" });
  if (none !== undefined) field.append(element("option", { value: "", textContent: none }));
  for (const each of options) field.append(element("option", { value: each.value, textContent: each.label, selected: each.value === value }));
  field.addEventListener("change", () => set(field.value));
  box.append(element("span", { textContent: label }), field);
  return box;
}

export function amount(label: string, value: number | null, set: (value: number | null) => void): HTMLElement {
  const box = element("label", { className: "plan-field" });
  const field = element("input", { className: "input", type: "number", min: "0", step: "0.25", value: value === null ? "" : String(value) });
  field.addEventListener("input", () => set(field.value && Number(field.value) > 0 ? Number(field.value) : null));
  box.append(element("span", { textContent: label }), field);
  return box;
}

export function section(title: string, ...inside: HTMLElement[]): HTMLElement {
  const box = element("fieldset", { className: "plan-part" });
  box.append(element("legend", { textContent: title }), ...inside);
  return box;
}

/** Hours as the server says durations, and back. */
export function hoursOf(text: string): number {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?$/.exec(text);
  return found ? Number(found[1] ?? 0) + Number(found[2] ?? 0) / 60 : 0;
}

export function written(hours: number): string {
  const minutes = Math.round(hours * 60);
  const whole = Math.floor(minutes / 60);
  return `PT${whole ? `${whole}H` : ""}${minutes % 60 ? `${minutes % 60}M` : ""}`.replace(/^PT$/, "PT0S");
}
