/** What the page gives the charts: days, series, words. Times in minutes, shares in percent. */

export interface Point {
  name: string;
  from: string;
  to: string;
}

/** One bar of a comparison; it opens `url`. */
export interface Bar {
  name: string;
  value: number;
  url: string;
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
  promises: Series;
  bars: Bar[];
  load: [weekday: number, hour: number, number: number][];
  weekdays: string[];
  words: Record<"opened" | "solved" | "backlog" | "response" | "before" | "csat" | "promises" | "minutes" | "hours", string>;
  behind: string;
}
