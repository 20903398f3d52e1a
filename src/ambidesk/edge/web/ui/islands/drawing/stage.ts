/** One stage of a process as a row of the table: what it is, who, until when, what is asked, where it goes on. */

import { dropButton } from "../building/row";
import { element, say } from "../page";
import { StepForm } from "../steps";
import { amount, button, check, choice, hoursOf, section, words, written } from "./parts";
import { drop, freshItem, freshWay, named, type Desk, type Stage } from "./plan";
import { way } from "./way";

export function row(stage: Stage, desk: Desk, open: boolean): HTMLElement {
  const line = element("li", { className: `plan-stage ${stage.kind}` });
  line.dataset.stage = String(stage.id);
  const fold = element("details", { open });
  const head = element("summary");
  const title = (): void => {
    const state = desk.facts.states.find((each) => each.value === stage.state)?.label ?? stage.state;
    const team = desk.facts.teams.find((each) => each.value === String(stage.team))?.label;
    const who = desk.facts.contractors.find((each) => each.value === String(stage.contractor))?.label;
    head.replaceChildren(
      element("strong", { textContent: named(stage) }),
      element("span", { className: "quiet", textContent: [state, team, who].filter(Boolean).join(" · ") }),
    );
  };
  const changed = (): void => (title(), desk.changed());
  title();
  fold.append(head, words(stage.name, changed, say("Name of the stage")), facts(stage, desk, changed));
  if (stage.kind !== "end") fold.append(deadline(stage, desk), checklist(stage, desk), fields(stage, desk));
  fold.append(doings(say("On entering"), stage, "on_entry", desk));
  if (stage.kind !== "end") fold.append(doings(say("On leaving"), stage, "on_exit", desk), ways(stage, desk));
  line.append(fold);
  return line;
}

function facts(stage: Stage, desk: Desk, changed: () => void): HTMLElement {
  const box = element("div", { className: "plan-facts" });
  const first = desk.plan.stages[0] === stage;
  box.append(
    choice(say("What it is"), desk.facts.kinds, stage.kind, (kind) => ((stage.kind = kind as Stage["kind"]), desk.redraw(stage.id))),
    choice(say("State of the ticket"), desk.facts.states, stage.state, (state) => ((stage.state = state), changed())),
    choice(say("Team in charge"), desk.facts.teams, stage.team === null ? "" : String(stage.team), (team) => ((stage.team = team ? Number(team) : null), changed()), say("stays with whoever has it")),
  );
  if (stage.kind === "work" && desk.facts.contractors.length) {
    const chosen = stage.contractor === null ? "" : String(stage.contractor);
    box.append(choice(say("Contractor"), desk.facts.contractors, chosen, (each) => ((stage.contractor = each ? Number(each) : null), changed()), say("nobody: we do it ourselves")));
  }
  const tools = element("div", { className: "plan-tools" });
  if (!first) tools.append(button(say("Begin here"), () => {
    desk.plan.stages.splice(desk.plan.stages.indexOf(stage), 1);
    desk.plan.stages.unshift(stage);
    desk.redraw(stage.id);
  }));
  tools.append(dropButton(say("Remove this stage"), () => (drop(desk.plan, stage), desk.redraw())));
  box.append(tools);
  return box;
}

function deadline(stage: Stage, desk: Desk): HTMLElement {
  const given = stage.deadline;
  const box = element("div", { className: "plan-facts" });
  const hours = amount(say("Hours"), given ? hoursOf(given.work) : null, (value) => {
    const had = stage.deadline !== null;
    stage.deadline = value === null ? null : { calendar: null, warnings: [], waits: false, ...(stage.deadline ?? {}), work: written(value) };
    if (had === (stage.deadline !== null)) desk.changed();
    else desk.redraw(stage.id);
  });
  box.append(hours);
  if (given) {
    const warning = given.warnings[0];
    box.append(
      choice(say("By the calendar"), desk.facts.calendars, given.calendar === null ? "" : String(given.calendar), (key) => ((given.calendar = key ? Number(key) : null), desk.changed())),
      amount(say("Warn so many hours before"), warning ? hoursOf(warning) : null, (value) => ((given.warnings = value === null ? [] : [written(value)]), desk.changed())),
      check(say("Stands still while the ticket waits for others"), given.waits, (on) => ((given.waits = on), desk.changed())),
    );
  }
  return section(say("Deadline"), box);
}

function checklist(stage: Stage, desk: Desk): HTMLElement {
  const lines = stage.checklist.map((item) => {
    const line = element("div", { className: "plan-line" });
    line.append(
      words(item.text, desk.changed, say("Line of the checklist")),
      check(say("Needed to go on"), item.required, (on) => ((item.required = on), desk.changed())),
      dropButton(say("Remove this line"), () => ((stage.checklist = stage.checklist.filter((each) => each !== item)), desk.redraw(stage.id))),
    );
    return line;
  });
  const more = button(`+ ${say("Add a line")}`, () => (stage.checklist.push(freshItem(stage)), desk.redraw(stage.id)));
  return section(say("Checklist"), ...lines, more);
}

function fields(stage: Stage, desk: Desk): HTMLElement {
  const box = element("div", { className: "plan-checks" });
  for (const each of desk.facts.fields) {
    box.append(check(each.label, stage.fields.includes(each.value), (on) => {
      stage.fields = on ? [...stage.fields, each.value] : stage.fields.filter((key) => key !== each.value);
      desk.changed();
    }));
  }
  return section(say("Must be filled in to go on"), box);
}

function doings(title: string, stage: Stage, when: "on_entry" | "on_exit", desk: Desk): HTMLElement {
  const forms: StepForm[] = [];
  const box = element("div", { className: "flow-doing" });
  const keep = (): void => ((stage[when] = forms.map((each) => each.step)), desk.changed());
  const add = (given?: Stage["on_entry"][number]): void => {
    const form = new StepForm(desk.actions, keep, given);
    const act = element("div", { className: "flow-act" });
    forms.push(form);
    act.append(form.box, dropButton(say("Remove this action"), () => (forms.splice(forms.indexOf(form), 1), act.remove(), keep())));
    more.before(act);
  };
  const more = button(`+ ${say("Add an action")}`, () => (add(), keep()));
  box.append(more);
  stage[when].forEach(add);
  return section(title, box);
}

function ways(stage: Stage, desk: Desk): HTMLElement {
  const rows = desk.plan.transitions.filter((each) => each.source === stage.id).map((each) => way(each, desk));
  const more = button(`+ ${say("Add a step from here")}`, () => {
    const place = desk.plan.stages.indexOf(stage);
    const to = desk.plan.stages[place + 1] ?? desk.plan.stages.find((each) => each !== stage);
    if (!to) return;
    desk.plan.transitions.push(freshWay(desk.plan, stage.id, to.id));
    desk.redraw(stage.id);
  });
  return section(say("Steps from here"), ...rows, more);
}
