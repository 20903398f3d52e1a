/** The settings of a chat show it as it will look: the script itself, fed by the form, asking nothing. */

import { each, language } from "./page";

interface Kept {
  brand: string;
  brand_accent: string;
}

export function watchPreviews(): void {
  each<HTMLElement>("[data-widget-preview]", (place) => {
    const kept = JSON.parse(place.dataset.widgetPreview ?? "{}") as Kept;
    const form = place.closest("main")?.querySelector<HTMLFormElement>("form.form");
    const chosen = (name: string, usual: string): string => place.querySelector<HTMLSelectElement>(`[data-preview="${name}"]`)?.value ?? usual;
    const facts = (open: boolean): string => {
      const typed = new FormData(form ?? undefined);
      const field = (name: string): string => String(typed.get(name) ?? "");
      const spoken = chosen("language", language());
      const isColour = /^#[0-9a-f]{6}$/i.test(field("accent"));
      return JSON.stringify({
        brand: kept.brand,
        accent: isColour ? field("accent") : kept.brand_accent,
        theme: field("theme"),
        position: field("position"),
        greeting: field(`greeting_${spoken}`),
        hours: field(`hours_${spoken}`),
        asks: { name: field("asks_name"), email: field("asks_email") },
        attended: chosen("hours", "open") === "open",
        language: spoken,
        open,
      });
    };
    const tag = Object.assign(document.createElement("script"), { async: true, src: "/widget.js" });
    tag.dataset.preview = facts(false);
    document.head.append(tag);
    const tell = (): boolean => document.dispatchEvent(new CustomEvent("ambidesk:preview", { detail: facts(true) }));
    form?.addEventListener("input", tell);
    place.addEventListener("change", tell);
  });
}
