/**
 * Conditions over the answers of a form, as the server has them: true, false or unknown.
 *
 * The server decides; this decides only what is shown meanwhile.
 */

export type Answer = string | number | boolean | readonly number[] | null;
export type Answers = Readonly<Record<string, Answer>>;
type Value = string | number | boolean | null | { amount: number; unit: string } | readonly (string | number)[];

export interface Comparison {
  field: string;
  operator: string;
  value?: Value;
}
export type Condition = Comparison | { all: Condition[] } | { any: Condition[] } | { not: Condition };
/** Kinds of fields whose values are compared as instants. */
export type Kinds = Readonly<Record<string, string>>;

const HOURS: Record<string, number> = { minutes: 1 / 60, hours: 1, days: 24, weeks: 168 };

export function holds(condition: Condition, answers: Answers, kinds: Kinds, now: number): boolean | undefined {
  if ("all" in condition) return every(condition.all.map((each) => holds(each, answers, kinds, now)));
  if ("any" in condition) return opposite(every(condition.any.map((each) => opposite(holds(each, answers, kinds, now)))));
  if ("not" in condition) return opposite(holds(condition.not, answers, kinds, now));
  return compared(condition, answers[condition.field] ?? null, kinds[condition.field] ?? "text", now);
}

function every(values: (boolean | undefined)[]): boolean | undefined {
  return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

const NEGATIVE: Record<string, string> = { is_not: "is", none_of: "one_of", lacks: "contains", has_none: "has_any", filled: "empty" };

function compared(asked: Comparison, answer: Answer, kind: string, now: number): boolean | undefined {
  const positive = NEGATIVE[asked.operator];
  if (positive) return opposite(compared({ ...asked, operator: positive }, answer, kind, now));
  if (kind === "several") return carrying(asked, Array.isArray(answer) ? answer : []);
  if (asked.operator === "empty") return answer === null || answer === "";
  if (answer === null) return undefined;
  return tested(asked, answer as string | number | boolean, now);
}

function carrying(asked: Comparison, chosen: readonly number[]): boolean {
  const wanted = many(asked.value);
  if (asked.operator === "empty") return !chosen.length;
  if (asked.operator === "has_all") return wanted.every((each) => chosen.includes(each as number));
  return wanted.some((each) => chosen.includes(each as number));
}

function many(value: Value | undefined): readonly (string | number | boolean)[] {
  return Array.isArray(value) ? value : [value as string | number | boolean];
}

function tested({ operator, value }: Comparison, answer: string | number | boolean, now: number): boolean | undefined {
  if (typeof answer === "string") return worded(operator, answer.toLowerCase(), String(value).toLowerCase());
  switch (operator) {
    case "is":
    case "one_of":
      return many(value).some((each) => (typeof answer === "number" && typeof each === "string" ? Number(each) : each) === answer);
    case "before":
      return (answer as number) < Date.parse(String(value));
    case "since":
      return (answer as number) >= Date.parse(String(value));
    default:
      return ordered(operator, answer as number, value, now);
  }
}

function ordered(operator: string, answer: number, value: Value | undefined, now: number): boolean | undefined {
  const span = typeof value === "object" && value && "unit" in value ? value.amount * (HOURS[value.unit] ?? 0) * 3_600_000 : 0;
  const limit = Number(value);
  const signs: Record<string, boolean> = {
    more: answer > limit,
    at_least: answer >= limit,
    less: answer < limit,
    at_most: answer <= limit,
    older: answer < now - span,
    newer: answer >= now - span,
    sooner: answer <= now + span,
    later: answer > now + span,
  };
  return signs[operator];
}

function worded(operator: string, text: string, asked: string): boolean | undefined {
  const parts: Record<string, boolean> = { is: text === asked, contains: text.includes(asked), starts: text.startsWith(asked), ends: text.endsWith(asked) };
  return parts[operator];
}
