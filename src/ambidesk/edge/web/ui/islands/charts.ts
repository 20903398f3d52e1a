/**
 * The charts of the figures: drawn on canvas in the theme's colours, calm, each point opens its
 * tickets. The tables below them say the same to whoever does not see them.
 */

import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { bars, csat, flow, load, promises, response } from "./charts/options";
import type { Plots } from "./charts/seed";
import { palette } from "./charts/theme";

use([BarChart, HeatmapChart, LineChart, GridComponent, TooltipComponent, VisualMapComponent, LabelLayout, CanvasRenderer]);

const DRAWINGS = { flow, response, csat, load, promises, bars };
type Name = keyof typeof DRAWINGS;

function go(plots: Plots, more: Record<string, string>): void {
  const query = new URLSearchParams(more).toString();
  window.location.assign(`${plots.behind}&${query}`);
}

/** A click anywhere above a day opens it: nobody has to hit a dot. */
function openDays(chart: EChartsType, plots: Plots, figure: string): void {
  chart.getZr().on("click", (event) => {
    const at = [event.offsetX, event.offsetY];
    if (!chart.containPixel("grid", at)) return;
    const [index] = chart.convertFromPixel("grid", at) as number[];
    const point = plots.points[Math.round(index ?? -1)];
    if (point) go(plots, { figure, from: point.from, to: point.to });
  });
  chart.getZr().on("mousemove", (event) => {
    const inside = chart.containPixel("grid", [event.offsetX, event.offsetY]);
    chart.getZr().setCursorStyle(inside ? "pointer" : "default");
  });
}

function openHours(chart: EChartsType, plots: Plots): void {
  const days = { from: plots.points[0]?.from ?? "", to: plots.points.at(-1)?.to ?? "" };
  chart.on("click", (event) => {
    const [hour, weekday] = event.value as number[];
    go(plots, { figure: "opened", ...days, weekday: String((weekday ?? 0) + 1), hour: String(hour) });
  });
}

function openBars(chart: EChartsType, plots: Plots): void {
  chart.on("click", (event) => {
    const url = plots.bars[event.dataIndex]?.url;
    if (url) window.location.assign(url);
  });
}

const BEHIND: Record<Exclude<Name, "load" | "bars">, string> = { flow: "solved", response: "first_response", csat: "csat", promises: "promises" };

function draw(place: HTMLElement, plots: Plots): () => void {
  const name = place.dataset.chart as Name;
  const chart = init(place, null, { renderer: "canvas" });
  const paint = (): void => chart.setOption(DRAWINGS[name](plots, palette()), true);
  paint();
  if (name === "load") openHours(chart, plots);
  else if (name === "bars") openBars(chart, plots);
  else openDays(chart, plots, BEHIND[name]);
  new ResizeObserver(() => chart.resize()).observe(place);
  return paint;
}

function watchCharts(): void {
  const seed = document.getElementById("plots")?.textContent;
  if (!seed) return;
  const plots = JSON.parse(seed) as Plots;
  const paints = [...document.querySelectorAll<HTMLElement>("[data-chart]")].map((place) => draw(place, plots));
  const paint = (): void => paints.forEach((each) => each());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  void document.fonts.ready.then(paint);
}

/** What is asked for is shown at once; without a script there is the button. */
function watchAsking(): void {
  document.querySelectorAll<HTMLFormElement>("[data-submits-itself]").forEach((form) => {
    const buttons = form.querySelectorAll<HTMLElement>("button[type=submit]");
    const building = form.querySelector<HTMLDetailsElement>("details");
    // A condition is shown when it is put together, not at every step on the way.
    const tell = (): void => buttons.forEach((button) => (button.hidden = !building?.open));
    building?.addEventListener("toggle", tell);
    form.addEventListener("change", (event) => {
      if (!building?.contains(event.target as Node) && form.checkValidity()) form.requestSubmit();
    });
    tell();
  });
}

watchCharts();
watchAsking();
