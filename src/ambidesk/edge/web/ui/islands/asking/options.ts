/** The editor of choices: a row each in both languages, in an order and, in a tree, with a depth. */

import { each, element, say } from "../page";
import { orderable, tools } from "../steps";

interface Option {
  id?: number;
  en: string;
  ru: string;
  depth: number;
  archived: boolean;
  stands?: boolean;
}
const DEEPEST = 4;

function edit(editor: HTMLElement): void {
  const value = editor.querySelector<HTMLTextAreaElement>("[data-options-value]");
  const list = editor.querySelector<HTMLElement>("[data-option-rows]");
  if (!value || !list) return;
  const kept = new Map<Element, Option>();
  const keep = (): void => {
    value.value = JSON.stringify([...list.children].map((row) => kept.get(row)));
  };
  const add = (option: Option): HTMLElement => {
    const row = element("li", { className: "option-row" });
    row.dataset.card = "";
    kept.set(row, option);
    const draw = (): void => {
      row.dataset.depth = String(option.depth);
      row.toggleAttribute("data-archived", option.archived);
      begins.setAttribute("aria-pressed", String(option.stands === true));
    };
    const input = (name: "en" | "ru", words: string): HTMLInputElement => {
      const box = element("input", { className: "input", value: option[name], placeholder: words, maxLength: 120 });
      box.lang = name;
      box.setAttribute("aria-label", words);
      box.addEventListener("input", () => ((option[name] = box.value), keep()));
      return box;
    };
    const deeper = (step: number, sign: string, words: string): HTMLButtonElement => {
      const button = element("button", { type: "button", className: "button quiet small only-tree", textContent: sign, title: words });
      button.setAttribute("aria-label", words);
      button.addEventListener("click", () => ((option.depth = Math.min(DEEPEST, Math.max(0, option.depth + step))), draw(), keep()));
      return button;
    };
    const begins = element("button", { type: "button", className: "button quiet small begins", textContent: "✓", title: say("Stands there to begin with") });
    begins.setAttribute("aria-label", say("Stands there to begin with"));
    begins.addEventListener("click", () => {
      const stands = !option.stands;
      const several = list.closest("form")?.querySelector<HTMLSelectElement>("select[name=kind]")?.value === "several";
      if (stands && !several) {
        for (const [other, its] of kept) {
          its.stands = false;
          other.querySelector(".begins")?.setAttribute("aria-pressed", "false");
        }
      }
      option.stands = stands;
      draw();
      keep();
    });
    // A choice that tickets may hold is archived, a new one goes.
    const away = (): void => {
      if (option.id) option.archived = !option.archived;
      else row.remove();
      draw();
      keep();
    };
    row.append(deeper(-1, "⇤", say("Up in the tree")), deeper(1, "⇥", say("Down in the tree")), input("en", say("In English")), input("ru", say("In Russian")), begins, tools(away));
    list.append(row);
    draw();
    return row;
  };
  for (const option of JSON.parse(value.value || "[]") as Option[]) add(option);
  editor.querySelector("[data-add-option]")?.addEventListener("click", () => {
    const last = kept.get(list.lastElementChild ?? list);
    add({ en: "", ru: "", depth: last?.depth ?? 0, archived: false }).querySelector("input")?.focus();
    keep();
  });
  orderable(list, keep);
}

/** Settings of other kinds than the chosen one are hidden; what stands in them does not count. */
function choose(kind: HTMLSelectElement): void {
  const form = kind.form;
  const draw = (): void => {
    for (const setting of form?.querySelectorAll<HTMLElement>("[data-for-kinds]") ?? []) {
      const field = setting.closest<HTMLElement>(".field");
      if (field) field.hidden = !setting.dataset.forKinds?.split(" ").includes(kind.value);
    }
    for (const group of form?.querySelectorAll<HTMLElement>(".form-group") ?? []) group.hidden = !group.querySelector(".field:not([hidden])");
    form?.toggleAttribute("data-tree", kind.value === "tree");
  };
  kind.addEventListener("change", draw);
  draw();
}

export function watchOptions(): void {
  each<HTMLElement>("[data-options-editor]", (editor) => {
    edit(editor);
    const kind = editor.closest("form")?.querySelector<HTMLSelectElement>("select[name=kind]");
    if (kind) choose(kind);
  });
}
