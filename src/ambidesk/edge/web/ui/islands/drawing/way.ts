/** One transition of a process: what its button says, where it leads, and when it may be gone. */

import { Group } from "../building/group";
import { dropButton } from "../building/row";
import { element, say } from "../page";
import { button, check, choice, words } from "./parts";
import { named, type Desk, type Way } from "./plan";

export function way(given: Way, desk: Desk): HTMLElement {
  const box = element("div", { className: "plan-way" });
  box.dataset.way = String(given.id);
  const stages = desk.plan.stages.filter((each) => each.id !== given.source).map((each) => ({ value: String(each.id), label: `→ ${named(each)}` }));
  const again = (): void => desk.redraw(given.source);
  const line = element("div", { className: "plan-line" });
  line.append(words(given.label, desk.changed, say("What the button says")), dropButton(say("Remove this step"), () => {
    desk.plan.transitions.splice(desk.plan.transitions.indexOf(given), 1);
    again();
  }));
  box.append(line);
  const targets = element("div", { className: "plan-facts" });
  given.to.forEach((to, place) => {
    targets.append(choice(place ? say("and at the same time to") : say("Leads to"), stages, String(to), (key) => ((given.to[place] = Number(key)), again())));
  });
  if (given.to.length > 1) {
    const joins = desk.plan.stages.filter((each) => each.kind === "join").map((each) => ({ value: String(each.id), label: named(each) }));
    targets.append(choice(say("They come together at"), joins, given.join === null ? "" : String(given.join), (key) => ((given.join = key ? Number(key) : null), again()), "…"));
    targets.append(button(say("One branch less"), () => {
      given.to.pop();
      if (given.to.length < 2) given.join = null;
      again();
    }));
  }
  targets.append(button(`+ ${say("Branch")}`, () => {
    const free = stages.find((each) => !given.to.includes(Number(each.value)));
    if (!free) return;
    given.to.push(Number(free.value));
    given.join ??= desk.plan.stages.find((each) => each.kind === "join")?.id ?? null;
    again();
  }));
  const checks = element("div", { className: "plan-checks" });
  checks.append(
    check(say("Also when the stage is not finished"), given.early, (on) => ((given.early = on), desk.changed())),
    check(say("Asks for a reason"), given.reasoned, (on) => ((given.reasoned = on), desk.changed())),
    check(say("Counts as a return for rework"), given.rework, (on) => ((given.rework = on), desk.changed(), again())),
  );
  const asked = choice(say("The client has to approve"), desk.facts.approvals, given.approval ?? "", (key) => ((given.approval = key), desk.changed()), say("Nothing"));
  box.append(targets, checks, asked, guard(given, desk, again));
  return box;
}

function guard(given: Way, desk: Desk, again: () => void): HTMLElement {
  const box = element("div", { className: "plan-guard" });
  if (!given.guard) {
    box.append(button(`+ ${say("Only if a condition holds")}`, () => {
      const first = desk.asked.fields[0];
      if (!first) return;
      given.guard = { all: [{ field: first.name, operator: first.operators[0]?.name ?? "" }] };
      again();
    }));
    return box;
  }
  const group: Group = new Group(desk.asked, () => ((given.guard = group.condition ?? null), desk.changed()), given.guard, desk.asked.deepest);
  box.append(group.box, button(say("Without a condition"), () => ((given.guard = null), again())));
  return box;
}
