/** What a process is in the browser: stages and transitions as the server reads and writes them. */

import type { Condition, Vocabulary } from "../building/tree";
import type { Step as Act, Action } from "../steps";

export interface Texts { ru: string; en: string }
export interface Item { id: number; text: Texts; required: boolean }
export interface Deadline { work: string; calendar: number | null; warnings: string[]; waits: boolean }
export interface Stage {
  id: number;
  name: Texts;
  state: string;
  kind: "work" | "join" | "end";
  team: number | null;
  contractor: number | null;
  deadline: Deadline | null;
  checklist: Item[];
  fields: string[];
  on_entry: Act[];
  on_exit: Act[];
  x: number;
  y: number;
}
export interface Way {
  id: number;
  source: number;
  to: number[];
  label: Texts;
  join: number | null;
  guard: Condition | null;
  approval?: string;
  early: boolean;
  reasoned: boolean;
  rework: boolean;
}
export interface Plan { stages: Stage[]; transitions: Way[] }
export interface Named { value: string; label: string }
export interface Shipped { label: string; en: string; ru: string; plan: Plan }
export interface Facts { kinds: Named[]; states: Named[]; teams: Named[]; contractors: Named[]; calendars: Named[]; fields: Named[]; shipped: Shipped[]; approvals: Named[] }

export interface Desk {
  plan: Plan;
  facts: Facts;
  actions: Action[];
  asked: Vocabulary;
  changed: () => void;
  redraw: (stage?: number) => void;
}

export const WIDTH = 168;
export const HEIGHT = 48;

function next(rows: { id: number }[]): number {
  return Math.max(0, ...rows.map((each) => each.id)) + 1;
}

export function freshStage(plan: Plan, kind: Stage["kind"] = "work"): Stage {
  const right = Math.max(-180, ...plan.stages.map((each) => each.x));
  const row = plan.stages.at(-1)?.y ?? 40;
  const state = kind === "end" ? "solved" : "open";
  return { id: next(plan.stages), name: { ru: "", en: "" }, state, kind, team: null, contractor: null, deadline: null, checklist: [], fields: [], on_entry: [], on_exit: [], x: right + 220, y: row };
}

export function freshWay(plan: Plan, source: number, to: number): Way {
  return { id: next(plan.transitions), source, to: [to], label: { ru: "", en: "" }, join: null, guard: null, early: false, reasoned: false, rework: false };
}

export function freshItem(stage: Stage): Item {
  return { id: next(stage.checklist), text: { ru: "", en: "" }, required: true };
}

/** The words in the language of the page, else in the other one. */
export function said(text: Texts): string {
  return document.documentElement.lang === "ru" ? text.ru || text.en : text.en || text.ru;
}

export function named(stage: Stage | undefined): string {
  return stage ? said(stage.name) || `№ ${stage.id}` : "?";
}

export function drop(plan: Plan, stage: Stage): void {
  plan.stages.splice(plan.stages.indexOf(stage), 1);
  plan.transitions = plan.transitions.filter((way) => way.source !== stage.id);
  for (const way of plan.transitions) {
    way.to = way.to.filter((key) => key !== stage.id);
    if (way.join === stage.id || way.to.length < 2) way.join = null;
  }
  plan.transitions = plan.transitions.filter((way) => way.to.length);
}
