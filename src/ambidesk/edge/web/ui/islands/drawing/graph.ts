/** A process as a picture: stages are moved by pointer or arrow keys, ways are drawn from the edge of a stage. */

import { say } from "../page";
import { freshWay, HEIGHT, named, said, WIDTH, type Desk, type Stage, type Way } from "./plan";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 20;
const EDGE = 40;

function shape<K extends keyof SVGElementTagNameMap>(tag: K, facts: Record<string, string | number> = {}): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, String(value));
  return made;
}

function path(from: Stage, to: Stage, place: number): string {
  const x1 = from.x + WIDTH, y1 = from.y + HEIGHT / 2, x2 = to.x, y2 = to.y + HEIGHT / 2;
  if (x2 > x1 - 20) {
    const bend = Math.max(24, (x2 - x1) / 2);
    return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  // Back: around below, each way a little deeper than the one before.
  const low = Math.max(from.y, to.y) + HEIGHT + 24 + (place % 4) * 10;
  const a = from.x + WIDTH / 2, b = to.x + WIDTH / 2;
  return `M${a} ${from.y + HEIGHT} C${a} ${low} ${b} ${low} ${b} ${to.y + HEIGHT + 2}`;
}

export class Graph {
  private readonly svg = shape("svg", { class: "plan-svg", role: "group" });
  private readonly lines = shape("g");
  private readonly nodes = shape("g");

  constructor(private readonly place: HTMLElement, private readonly desk: Desk, private readonly chosen: (stage: number) => void) {
    this.svg.setAttribute("aria-label", say("Picture of the stages. Arrow keys move one, Enter opens it."));
    const ends = shape("defs");
    const head = shape("marker", { id: "plan-arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" });
    head.append(shape("path", { d: "M0 0 L8 4 L0 8 z", class: "plan-arrow" }));
    ends.append(head);
    this.svg.append(ends, this.lines, this.nodes);
    place.replaceChildren(this.svg);
    this.draw();
  }

  draw(flawed: ReadonlySet<number> = new Set()): void {
    const { stages } = this.desk.plan;
    const width = Math.max(480, ...stages.map((each) => each.x + WIDTH + EDGE));
    const height = Math.max(140, ...stages.map((each) => each.y + HEIGHT + EDGE * 2));
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.style.width = `${width}px`;
    this.svg.style.height = `${height}px`;
    this.place.hidden = !stages.length;
    this.link();
    this.nodes.replaceChildren(...stages.map((stage) => this.node(stage, flawed.has(stage.id))));
  }

  /** Draw only the ways, as while a stage is moved. */
  private link(): void {
    const at = (key: number): Stage | undefined => this.desk.plan.stages.find((each) => each.id === key);
    this.lines.replaceChildren(...this.desk.plan.transitions.flatMap((way, place) => {
      const from = at(way.source);
      return way.to.flatMap((key) => {
        const to = at(key);
        return from && to ? [this.line(way, path(from, to, place))] : [];
      });
    }));
  }

  private line(way: Way, d: string): SVGElement {
    const made = shape("path", { d, class: `plan-way-line${way.rework ? " rework" : ""}${way.to.length > 1 ? " fork" : ""}`, "marker-end": "url(#plan-arrow)" });
    const title = shape("title");
    title.textContent = said(way.label);
    made.append(title);
    return made;
  }

  private node(stage: Stage, flawed: boolean): SVGElement {
    const first = this.desk.plan.stages[0] === stage;
    const node = shape("g", { class: `plan-node ${stage.kind}${first ? " first" : ""}${flawed ? " flawed" : ""}`, tabindex: 0, role: "button", transform: `translate(${stage.x} ${stage.y})` });
    node.dataset.node = String(stage.id);
    const label = shape("text", { x: 12, y: HEIGHT / 2 - 2 });
    const name = named(stage);
    label.textContent = name.length > 20 ? `${name.slice(0, 19)}…` : name;
    const below = shape("text", { x: 12, y: HEIGHT / 2 + 15, class: "plan-note" });
    below.textContent = this.desk.facts.states.find((each) => each.value === stage.state)?.label.slice(0, 24) ?? "";
    node.append(shape("rect", { width: WIDTH, height: HEIGHT, rx: 6 }), label, below);
    if (stage.kind !== "end") node.append(shape("circle", { cx: WIDTH, cy: HEIGHT / 2, r: 7, class: "plan-grip" }));
    node.addEventListener("pointerdown", (event) => this.grab(event, stage, node));
    node.addEventListener("keydown", (event) => this.key(event, stage));
    return node;
  }

  private key(event: KeyboardEvent, stage: Stage): void {
    const by: Record<string, [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const move = by[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.chosen(stage.id);
    } else if (move) {
      event.preventDefault();
      stage.x = Math.max(0, stage.x + move[0]);
      stage.y = Math.max(0, stage.y + move[1]);
      this.draw();
      this.nodes.querySelector<SVGElement>(`[data-node="${stage.id}"]`)?.focus();
      this.desk.changed();
    }
  }

  private at(event: PointerEvent): { x: number; y: number } {
    const box = this.svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private grab(event: PointerEvent, stage: Stage, node: SVGGElement): void {
    if (event.button) return;
    const draws = (event.target as Element).classList.contains("plan-grip");
    const start = this.at(event);
    const home = { x: stage.x, y: stage.y };
    const ghost = draws ? shape("path", { class: "plan-way-line ghost" }) : null;
    if (ghost) this.lines.append(ghost);
    let far = false;
    const move = (moved: PointerEvent): void => {
      const now = this.at(moved);
      far ||= Math.hypot(now.x - start.x, now.y - start.y) > 4;
      if (ghost) {
        ghost.setAttribute("d", `M${stage.x + WIDTH} ${stage.y + HEIGHT / 2} L${now.x} ${now.y}`);
      } else if (far) {
        stage.x = Math.max(0, Math.round((home.x + now.x - start.x) / STEP) * STEP);
        stage.y = Math.max(0, Math.round((home.y + now.y - start.y) / STEP) * STEP);
        node.setAttribute("transform", `translate(${stage.x} ${stage.y})`);
        this.link();
      }
    };
    const end = (last: PointerEvent): void => {
      window.removeEventListener("pointermove", move);
      ghost?.remove();
      const now = this.at(last);
      if (ghost) this.joined(stage, now);
      else if (far) (this.draw(), this.desk.changed());
      else this.chosen(stage.id);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end, { once: true });
  }

  private joined(from: Stage, at: { x: number; y: number }): void {
    const to = this.desk.plan.stages.find((each) => at.x >= each.x && at.x <= each.x + WIDTH && at.y >= each.y && at.y <= each.y + HEIGHT);
    if (!to || to === from) return;
    this.desk.plan.transitions.push(freshWay(this.desk.plan, from.id, to.id));
    this.desk.redraw(from.id);
  }
}
