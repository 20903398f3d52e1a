/** The theme's colours as a canvas takes them. */

export interface Palette {
  font: string;
  ground: string;
  text: string;
  quiet: string;
  line: string;
  grey: string;
  accent: string;
  second: string;
  tints: string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: style.fontFamily,
    ground: read("--ground"),
    text: read("--text"),
    quiet: read("--text-2"),
    line: read("--line"),
    grey: read("--line-strong"),
    accent: read("--accent"),
    second: read("--chart-second"),
    tints: ["--ground-2", "--chart-1", "--chart-2", "--chart-3", "--accent"].map(read),
  };
}
