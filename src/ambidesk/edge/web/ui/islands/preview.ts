/** The settings of a chat show it as it will look: the script itself, fed by the form, asking nothing. */

import { each, language } from "./page";

export function watchPreviews(): void {
  each<HTMLElement>("[data-widget-preview]", (place) => {
    const kept = place.dataset.widgetPreview ?? "{}";
    const tag = Object.assign(document.createElement("script"), { async: true, src: "/widget.js" });
    tag.dataset.preview = kept;
    document.head.append(tag);
    const form = place.closest("main")?.querySelector<HTMLFormElement>("form.form");
    form?.addEventListener("input", () => {
      const typed = new FormData(form);
      const facts = JSON.parse(kept) as Record<string, string>;
      for (const name of ["theme", "position"]) facts[name] = String(typed.get(name) ?? facts[name]);
      facts["accent"] = String(typed.get("accent") || facts["accent"]);
      facts["greeting"] = String(typed.get(`greeting_${language()}`) ?? "");
      document.dispatchEvent(new CustomEvent("ambidesk:preview", { detail: JSON.stringify(facts) }));
    });
  });
}
