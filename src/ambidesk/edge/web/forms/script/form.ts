/** A form that is sent without leaving the page: questions come and go, errors stand beside their fields, nothing typed is lost. */

import { follow } from "../../ui/islands/asking/questions";
import { suggest } from "./answers";
import { solve } from "./work";

interface Told {
  errors?: Record<string, string>;
  words?: string;
  challenge?: { token: string; bits: number };
}

export class WebForm {
  private work: Promise<string>;
  private isSending = false;

  constructor(private readonly form: HTMLFormElement, private readonly sent: (thanks: DocumentFragment) => void) {
    this.work = solve(this.hidden("challenge").value, Number(form.dataset.bits));
    if (!this.hidden("page").value) this.hidden("page").value = location.href.slice(0, 500);
    for (const box of form.querySelectorAll<HTMLElement>("[data-questions]")) follow(box);
    suggest(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.isSending) void this.send(true);
    });
  }

  private hidden(name: string): HTMLInputElement {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? document.createElement("input");
  }

  private async send(again: boolean): Promise<void> {
    this.busy(true);
    try {
      this.hidden("solution").value = await this.work;
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.status === 201) return this.sent((this.form.querySelector("[data-sent]") as HTMLTemplateElement).content);
      await this.refused((await answer.json()) as Told, again);
    } catch {
      this.tell((this.form.querySelector("[data-offline]") as HTMLTemplateElement).content.textContent ?? "");
    } finally {
      this.busy(false);
    }
  }

  private async refused(told: Told, again: boolean): Promise<void> {
    const wrong = Object.keys(told.errors ?? {}).length > 0;
    if (told.challenge) {
      const old = this.hidden("challenge");
      const isOld = Date.now() / 1000 - Number(old.value.split(/[.:]/)[3]) > 7 * 3600;
      old.value = told.challenge.token;
      this.work = solve(told.challenge.token, told.challenge.bits);
      // A form that stood open over night is sent once more by itself.
      if (again && isOld && !wrong) return new Promise((done) => setTimeout(() => void this.send(false).then(done), 3500));
    }
    this.tell(told.words ?? "");
    this.show(told.errors ?? {});
  }

  private busy(on: boolean): void {
    this.isSending = on;
    this.form.querySelector("[type=submit]")?.toggleAttribute("data-busy", on);
    this.form.setAttribute("aria-busy", String(on));
  }

  private tell(words: string): void {
    const place = this.form.querySelector<HTMLElement>("[data-words]");
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
    if (words) place.scrollIntoView({ block: "nearest" });
  }

  private show(errors: Record<string, string>): void {
    let first: HTMLElement | undefined;
    for (const field of this.form.querySelectorAll<HTMLElement>("[data-field], [data-question]")) {
      const words = errors[field.dataset.field ?? field.dataset.question ?? ""] ?? "";
      field.toggleAttribute("data-wrong", Boolean(words));
      const place = field.querySelector<HTMLElement>(".error") ?? field.appendChild(Object.assign(document.createElement("p"), { className: "error" }));
      place.textContent = words;
      place.hidden = !words;
      if (words) first ??= field.querySelector<HTMLElement>("input, select, textarea") ?? undefined;
    }
    first?.focus();
  }
}
