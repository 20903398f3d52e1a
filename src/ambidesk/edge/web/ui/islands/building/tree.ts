/** What the builder builds: comparisons and counts in groups in groups, as the server reads and writes them. */

export type Value = string | number | boolean | null | { symbol: string } | { amount: number; unit: string } | (string | number)[];

export interface Choice {
  value: string | number | { symbol: string };
  label: string;
}

export interface Operator {
  name: string;
  label: string;
  shape: "nothing" | "one" | "many" | "duration";
}

export interface Field {
  name: string;
  label: string;
  kind: string;
  operators: Operator[];
  options?: Choice[];
  symbols?: Choice[];
}

/** Other rows that can be counted; `of` names what can be asked of them, `timed` ones have windows. */
export interface Relation {
  name: string;
  label: string;
  of: string;
  timed: boolean;
}

export interface Asked {
  fields: Field[];
  relations: Relation[];
}

export interface Vocabulary extends Asked {
  related: Record<string, Asked>;
  quantities: { value: string; label: string }[];
  units: { value: string; label: string }[];
  deepest: number;
  deepest_count: number;
  largest_count: number;
}

export interface Comparison {
  field: string;
  operator: string;
  value?: Value;
}

export interface Span {
  amount: number;
  unit: string;
}

export interface Counted {
  relation: string;
  quantity: string;
  number: number;
  within?: Span;
  where?: Condition;
}

export type Condition = Comparison | Counted | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** How the parts of a group go together; the last two are the others turned round. */
export type Join = "all" | "any" | "none" | "notall";

export interface Joined {
  join: Join;
  parts: Condition[];
}

export function isComparison(condition: Condition): condition is Comparison {
  return "field" in condition;
}

export function isCounted(condition: Condition): condition is Counted {
  return "relation" in condition;
}

/** What can be asked of related rows; counts go no deeper than the server counts. */
export function inside(vocabulary: Vocabulary, relation: Relation): Vocabulary {
  const asked = vocabulary.related[relation.of] ?? { fields: [], relations: [] };
  const left = vocabulary.deepest_count - 1;
  return { ...vocabulary, ...asked, deepest_count: left, relations: left > 0 ? asked.relations : [] };
}

/** Read any condition as a group; what is no group is one of a single part. */
export function group(condition: Condition): Joined {
  if ("all" in condition) return { join: "all", parts: condition.all };
  if ("any" in condition) return { join: "any", parts: condition.any };
  if (isComparison(condition) || isCounted(condition)) return { join: "all", parts: [condition] };
  const inside = condition.not;
  if ("all" in inside && inside.all.length > 1) return { join: "notall", parts: inside.all };
  if ("any" in inside && inside.any.length > 1) return { join: "none", parts: inside.any };
  return { join: "none", parts: [inside] };
}

/** The other way round; "none" of one part is its "not", so that no level is added by showing it. */
export function written({ join, parts }: Joined): Condition {
  const [only] = parts;
  switch (join) {
    case "all":
      return { all: parts };
    case "any":
      return { any: parts };
    case "none":
      return { not: parts.length === 1 && only ? only : { any: parts } };
    case "notall":
      return { not: parts.length === 1 && only ? only : { all: parts } };
  }
}

/** Levels that a group adds to its parts. */
export function levels(join: Join): number {
  return join === "all" || join === "any" ? 1 : 2;
}
