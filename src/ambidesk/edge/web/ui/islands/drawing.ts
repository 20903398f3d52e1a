/** The designer of processes: a picture and a table of the same plan, checked while it is drawn. */

import type { Vocabulary } from "./building/tree";
import { button } from "./drawing/parts";
import { Graph } from "./drawing/graph";
import { freshStage, type Desk, type Facts, type Plan } from "./drawing/plan";
import { row } from "./drawing/stage";
import { each, say, send } from "./page";
import { read } from "./steps";

const PAUSE = 300;

class Designer {
  private readonly desk: Desk;
  private readonly graph: Graph;
  private readonly list: HTMLElement;
  private flawed = new Set<number>();
  private waiting = 0;

  constructor(private readonly editor: HTMLElement, private readonly value: HTMLTextAreaElement, facts: Facts, asked: Vocabulary) {
    this.list = editor.querySelector("[data-plan-stages]") as HTMLElement;
    this.desk = {
      plan: JSON.parse(value.value) as Plan,
      facts,
      actions: read("step-actions"),
      asked,
      changed: () => this.changed(),
      redraw: (stage) => (this.draw(stage), this.changed()),
    };
    this.graph = new Graph(editor.querySelector("[data-plan-graph]") as HTMLElement, this.desk, (stage) => this.open(stage));
    this.adding();
    editor.addEventListener("click", (event) => {
      const flaw = (event.target as Element).closest<HTMLElement>("[data-flaw-stage]");
      if (flaw) this.open(Number(flaw.dataset.flawStage));
    });
    this.draw();
    void this.check();
  }

  private adding(): void {
    const place = this.editor.querySelector("[data-plan-add]");
    for (const kind of this.desk.facts.kinds) {
      place?.append(button(`+ ${kind.label}`, () => {
        const stage = freshStage(this.desk.plan, kind.value as "work" | "join" | "end");
        this.desk.plan.stages.push(stage);
        this.desk.redraw(stage.id);
      }));
    }
  }

  /** Ready-made ones are offered while there is nothing yet. */
  private offering(): void {
    const place = this.editor.querySelector<HTMLElement>("[data-plan-shipped]");
    if (!place) return;
    place.hidden = this.desk.plan.stages.length > 0;
    if (place.childElementCount || place.hidden) return;
    place.append(document.createTextNode(`${say("Begin with a ready-made one:")} `));
    for (const each of this.desk.facts.shipped) {
      place.append(button(each.label, () => {
        Object.assign(this.desk.plan, structuredClone(each.plan));
        for (const [name, text] of [["name_en", each.en], ["name_ru", each.ru]] as const) {
          const field = document.querySelector<HTMLInputElement>(`#id_${name}`);
          if (field && !field.value) field.value = text;
        }
        this.desk.redraw();
      }));
    }
  }

  private draw(focus?: number): void {
    const open = new Set([...this.list.querySelectorAll("details[open]")].map((fold) => Number(fold.closest<HTMLElement>("[data-stage]")?.dataset.stage)));
    const top = window.scrollY;
    this.list.replaceChildren(...this.desk.plan.stages.map((stage) => row(stage, this.desk, open.has(stage.id) || stage.id === focus)));
    this.graph.draw(this.flawed);
    this.offering();
    window.scrollTo(0, top);
    if (focus !== undefined && !open.has(focus)) this.at(focus)?.querySelector<HTMLElement>("input")?.focus();
  }

  private at(stage: number): HTMLElement | null {
    return this.list.querySelector<HTMLElement>(`[data-stage="${stage}"]`);
  }

  private open(stage: number): void {
    const place = this.at(stage);
    const fold = place?.querySelector("details");
    if (!place || !fold) return;
    fold.open = true;
    place.scrollIntoView({ block: "nearest" });
    place.querySelector<HTMLElement>("input")?.focus();
  }

  private changed(): void {
    this.value.value = JSON.stringify(this.desk.plan);
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.check(), PAUSE);
  }

  private async check(): Promise<void> {
    const tried = this.value.value;
    const answer = await send(this.editor.dataset.checkUrl ?? "", "POST", new URLSearchParams({ plan: tried }));
    const place = this.editor.querySelector("[data-plan-check]");
    if (!answer.ok || !place || tried !== this.value.value) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...parsed.body.childNodes);
    this.flawed = new Set([...place.querySelectorAll<HTMLElement>("[data-flaw-stage]")].map((each) => Number(each.dataset.flawStage)));
    for (const line of this.list.children) line.toggleAttribute("data-flawed", this.flawed.has(Number((line as HTMLElement).dataset.stage)));
    this.graph.draw(this.flawed);
  }
}

export function watchDrawing(): void {
  each<HTMLElement>("[data-plan-editor]", (editor) => {
    const value = editor.querySelector<HTMLTextAreaElement>("[data-plan-value]");
    const facts = JSON.parse(document.getElementById("plan-facts")?.textContent ?? "null") as Facts | null;
    if (!value || !facts) return;
    void fetch(editor.dataset.vocabularyUrl ?? "", { headers: { Accept: "application/json" }, credentials: "same-origin" }).then(async (answer) => {
      if (answer.ok) new Designer(editor, value, facts, (await answer.json()) as Vocabulary);
    });
  });
}
