/** The composer: without an editor yet; it sends, switches between answer and note, keeps drafts. */

import { each, send } from "./page";

export function watchComposers(): void {
  each<HTMLFormElement>("[data-composer]", (form) => {
    const words = form.querySelector("textarea");
    if (!words) return;
    let waiting = 0;
    words.addEventListener("input", () => {
      words.dataset.dirty = "";
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const draft = { kind: form.dataset.mode, text: words.value, html: "" };
        void send(form.dataset.draftUrl ?? "", "PUT", JSON.stringify(draft));
      }, 800);
    });
    for (const tab of form.querySelectorAll<HTMLElement>("[data-mode-choice]")) {
      tab.addEventListener("click", () => {
        const mode = tab.dataset.modeChoice ?? "reply";
        form.dataset.mode = mode;
        form.setAttribute("hx-post", (mode === "note" ? form.dataset.noteUrl : form.dataset.answerUrl) ?? "");
        form.querySelectorAll("[data-mode-choice]").forEach((each) => each.setAttribute("aria-selected", String(each === tab)));
        words.focus();
      });
    }
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  });
}
