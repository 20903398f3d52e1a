/** Fields whose value is there to be copied. */

import { each, say } from "./page";
import { toast } from "./toasts";

export function watchCopies(): void {
  each<HTMLInputElement>("input[data-copy]", (field) => {
    field.addEventListener("focus", () => field.select());
    if (!navigator.clipboard) return;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: say("Copy") });
    button.className = "button primary";
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(field.value).then(() => toast({ message: say("Copied.") }));
    });
    field.closest(".field")?.append(button);
  });
}
