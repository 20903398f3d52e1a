/** What the builder builds: comparisons in groups in groups, as the server reads and writes them. */

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

export interface Vocabulary {
  fields: Field[];
  units: { value: string; label: string }[];
  deepest: number;
}

export interface Comparison {
  field: string;
  operator: string;
  value?: Value;
}

export type Condition = Comparison | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** How the parts of a group go together; the last two are the others turned round. */
export type Join = "all" | "any" | "none" | "notall";

export interface Joined {
  join: Join;
  parts: Condition[];
}

export function isComparison(condition: Condition): condition is Comparison {
  return "field" in condition;
}

/** Read any condition as a group; what is no group is one of a single part. */
export function group(condition: Condition): Joined {
  if ("all" in condition) return { join: "all", parts: condition.all };
  if ("any" in condition) return { join: "any", parts: condition.any };
  if (isComparison(condition)) return { join: "all", parts: [condition] };
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
