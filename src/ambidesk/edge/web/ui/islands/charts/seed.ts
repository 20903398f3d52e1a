/** What the page gives the charts: days, series, words. Times in minutes, shares in percent. */

export interface Point {
  name: string;
  from: string;
  to: string;
}

export type Series = (number | null)[];

export interface Plots {
  points: Point[];
  opened: Series;
  solved: Series;
  backlog: Series;
  response: Series;
  responseBefore: Series;
  csat: Series;
  marks: number[];
  load: [weekday: number, hour: number, number: number][];
  weekdays: string[];
  words: Record<"opened" | "solved" | "backlog" | "response" | "before" | "csat" | "marks" | "minutes" | "hours" | "tickets", string>;
  behind: string;
}
