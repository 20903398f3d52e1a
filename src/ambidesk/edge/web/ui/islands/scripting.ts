/** The editor of scripts: cards in an order set by mouse or keys, checked and pictured while they are written. */

import { each, element, send } from "./page";
import { card, type Desk } from "./scripting/card";
import { fresh, named, type Asked, type Facts, type Step } from "./scripting/flow";
import { rehearse } from "./scripting/rehearsal";
import { orderable, read } from "./steps";

const PAUSE = 300;

async function asking(url: string): Promise<Asked | undefined> {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  return answer.ok ? ((await answer.json()) as Asked) : undefined;
}

class Editor {
  private readonly list: HTMLElement;
  private steps: Step[];
  private waiting = 0;

  constructor(private readonly editor: HTMLElement, private readonly value: HTMLTextAreaElement, private readonly facts: Facts, private readonly asked: Asked) {
    this.list = editor.querySelector("[data-flow-cards]") as HTMLElement;
    this.steps = (JSON.parse(value.value || '{"steps": []}') as { steps: Step[] }).steps;
    this.adding();
    orderable(this.list, () => this.ordered());
    const stage = editor.querySelector<HTMLElement>("[data-rehearsal]");
    if (stage) rehearse(stage, editor.dataset.rehearsalUrl ?? "", () => this.value.value);
    editor.addEventListener("click", (event) => this.pointed(event.target as Element));
    this.draw();
    void this.check();
  }

  private adding(): void {
    const place = this.editor.querySelector("[data-flow-add]");
    for (const kind of this.facts.kinds) {
      const button = element("button", { type: "button", className: "button quiet small", textContent: `+ ${kind.label}` });
      button.addEventListener("click", () => {
        const step = fresh(kind.value as Step["kind"], this.steps);
        // What is added stands before the end, where there is one: it is the last word.
        const last = this.steps.at(-1);
        if (kind.value !== "end" && last?.kind === "end") this.steps.splice(-1, 0, step);
        else this.steps.push(step);
        this.draw(step.id);
        this.changed();
      });
      place?.append(button);
    }
  }

  private draw(focus?: number): void {
    const desk: Desk = {
      steps: () => this.steps,
      facts: this.facts,
      actions: read("step-actions"),
      asked: this.asked,
      changed: () => this.changed(),
      redraw: (step) => (this.draw(step), this.changed()),
    };
    const top = window.scrollY;
    this.list.replaceChildren(...this.steps.map((step) => card(step, desk)));
    window.scrollTo(0, top);
    if (focus !== undefined) this.at(focus)?.querySelector<HTMLElement>("textarea")?.focus();
  }

  private at(step: number): HTMLElement | null {
    return this.list.querySelector<HTMLElement>(`[data-step="${step}"]`);
  }

  private ordered(): void {
    const order = [...this.list.children].map((row) => Number((row as HTMLElement).dataset.step));
    this.steps.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    [...this.list.querySelectorAll(".flow-place")].forEach((place, at) => (place.textContent = String(at + 1)));
    this.changed();
  }

  private changed(): void {
    this.value.value = JSON.stringify({ steps: this.steps });
    for (const option of this.list.querySelectorAll<HTMLOptionElement>(".flow-target option")) {
      const step = this.steps.find((each) => String(each.id) === option.value);
      if (step) option.textContent = `→ ${named(step, this.steps)}`;
    }
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.check(), PAUSE);
  }

  private async check(): Promise<void> {
    const tried = this.value.value;
    const answer = await send(this.editor.dataset.checkUrl ?? "", "POST", new URLSearchParams({ flow: tried }));
    const place = this.editor.querySelector("[data-flow-check]");
    if (!answer.ok || !place || tried !== this.value.value) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...parsed.body.childNodes);
    const flawed = new Set([...place.querySelectorAll<HTMLElement>("[data-flaw-step]")].map((each) => each.dataset.flawStep));
    for (const row of this.list.children) row.toggleAttribute("data-flawed", flawed.has((row as HTMLElement).dataset.step));
  }

  /** A flaw or a step of the picture leads to its card. */
  private pointed(target: Element): void {
    const near = target.closest<HTMLElement | SVGElement>("[data-flaw-step], [data-node]");
    const step = near?.dataset.flawStep ?? near?.dataset.node;
    if (step === undefined) return;
    const row = this.at(Number(step));
    row?.scrollIntoView({ block: "center" });
    row?.querySelector<HTMLElement>("textarea")?.focus();
  }
}

export function watchScripting(): void {
  each<HTMLElement>("[data-flow-editor]", (editor) => {
    const value = editor.querySelector<HTMLTextAreaElement>("[data-flow-value]");
    const facts = JSON.parse(document.getElementById("flow-facts")?.textContent ?? "null") as Facts | null;
    if (!value || !facts) return;
    void asking(editor.dataset.vocabularyUrl ?? "").then((asked) => {
      if (asked) new Editor(editor, value, facts, asked);
    });
  });
}
