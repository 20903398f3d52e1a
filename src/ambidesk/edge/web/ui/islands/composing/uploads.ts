/** Files of an answer: kept on the server as soon as they are pasted, dropped or chosen. */

import { heard, say, send } from "../page";
import { toast } from "../toasts";

export interface Kept {
  key: string;
  name: string;
}

export class Uploads {
  private pending = 0;
  private readonly template: HTMLTemplateElement | null;

  constructor(private readonly place: HTMLElement, private readonly url: string) {
    this.template = place.querySelector("template");
    place.addEventListener("click", (event) => {
      const chip = (event.target as Element).closest("[data-remove-upload]")?.closest<HTMLElement>(".upload");
      if (chip) void this.remove(chip);
    });
  }

  get isBusy(): boolean {
    return this.pending > 0;
  }

  get isEmpty(): boolean {
    return !this.place.querySelector(".upload");
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.keep(file);
  }

  show(kept: Kept): void {
    this.fill(this.chip(kept.name), kept);
  }

  clear(): void {
    for (const chip of this.place.querySelectorAll(".upload")) chip.remove();
  }

  private chip(name: string): HTMLElement {
    const chip = this.template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const place = chip.querySelector("[data-name]");
    if (place) place.textContent = name;
    chip.querySelector("button")?.setAttribute("aria-label", say("Remove {name}", { name }));
    this.place.append(chip);
    return chip;
  }

  private fill(chip: HTMLElement, kept: Kept): void {
    chip.dataset.upload = kept.key;
    const field = chip.querySelector("input");
    if (field) field.value = kept.key;
  }

  private async keep(file: File): Promise<void> {
    const chip = this.chip(file.name);
    chip.dataset.pending = "";
    this.pending += 1;
    const body = new FormData();
    body.append("file", file);
    try {
      const answer = await send(this.url, "POST", body);
      heard(answer);
      if (answer.ok) this.fill(chip, (await answer.json()) as Kept);
      else chip.remove();
    } catch {
      chip.remove();
      toast({ message: say("“{name}” did not arrive. Add it again.", { name: file.name }), kind: "refused" });
    } finally {
      this.pending -= 1;
      delete chip.dataset.pending;
    }
  }

  private async remove(chip: HTMLElement): Promise<void> {
    const key = chip.dataset.upload;
    chip.remove();
    if (key) await send(`${this.url}/${key}`, "DELETE");
  }
}
