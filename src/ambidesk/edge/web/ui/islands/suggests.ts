/** Suggestions below a field: fetched while typing, chosen by arrows and Enter. */

import { each } from "./page";

const PAUSE = 180;

/** Examples beside a field that one click puts into it. */
function insert(button: HTMLElement): void {
  const field = document.querySelector<HTMLInputElement>(button.dataset.into ?? "");
  if (!field) return;
  field.value = `${field.value.trimEnd()} ${button.dataset.insert ?? ""}`.trimStart();
  const begin = field.value.lastIndexOf(":") + 1;
  field.focus();
  field.setSelectionRange(begin, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function watchSuggestions(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-insert]");
    if (button) insert(button);
  });
  each<HTMLInputElement>("[data-suggests]", (field) => {
    const list = document.createElement("div");
    list.className = "suggestions";
    list.id = `${field.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
    list.hidden = true;
    field.after(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-autocomplete", "list");
    const hide = (is: boolean): void => {
      list.hidden = is;
      field.setAttribute("aria-expanded", String(!is));
    };
    hide(true);
    let chosen = -1;
    let waiting = 0;
    const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
    const choose = (index: number): void => {
      chosen = index;
      options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      options()[index]?.scrollIntoView({ block: "nearest" });
    };
    // In a field of several values the last one is being typed.
    const several = field.dataset.several !== undefined;
    const typed = (): string => (several ? (field.value.split(",").at(-1) ?? "") : field.value).trim();
    const take = (option: HTMLElement): void => {
      const before = several ? field.value.split(",").slice(0, -1).map((each) => `${each.trim()}, `).join("") : "";
      field.value = before + (option.dataset.value ?? "");
      hide(true);
      const name = field.form?.querySelector<HTMLInputElement>("[data-new-ticket] input[name=name]");
      if (name && option.dataset.name) name.value = option.dataset.name;
      field.dispatchEvent(new CustomEvent("suggested", { bubbles: true, detail: { ...option.dataset } }));
      field.focus();
    };
    // What another field says narrows what is proposed here.
    const beside = field.dataset.suggestsWith ? document.querySelector<HTMLInputElement>(field.dataset.suggestsWith) : null;
    const fetchThem = async (): Promise<void> => {
      const asked = new URLSearchParams({ q: typed(), ...(beside ? { with: beside.value } : {}) });
      const answer = await fetch(`${field.dataset.suggests ?? ""}?${asked}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || document.activeElement !== field) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...parsed.body.childNodes);
      chosen = -1;
      hide(!list.childElementCount);
    };
    field.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void fetchThem(), PAUSE);
    });
    field.addEventListener("focus", () => void (typed() || field.dataset.suggestsAtOnce !== undefined ? fetchThem() : undefined));
    field.addEventListener("blur", () => window.setTimeout(() => hide(true), 150));
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const all = options();
      const picked = all[chosen];
      if (event.key === "ArrowDown") choose(Math.min(chosen + 1, all.length - 1));
      else if (event.key === "ArrowUp") choose(Math.max(chosen - 1, 0));
      else if (event.key === "Escape") hide(true);
      else if (event.key === "Enter" && picked) take(picked);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    list.addEventListener("mousedown", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) event.preventDefault(), take(option);
    });
  });
}
