/** How each chart is drawn: direct labels, a zero line, few series, nothing that moves. */

import type { EChartsCoreOption } from "echarts/core";
import type { Plots, Series } from "./seed";
import type { Palette } from "./theme";

type Formatter = (value: number) => string;

function base(colours: Palette): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: colours.font, fontSize: 12, color: colours.quiet },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colours.ground,
      borderColor: colours.line,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 13 },
      axisPointer: { type: "line", lineStyle: { color: colours.grey, type: "solid", width: 1 } },
    },
  };
}

/** Steps of an axis of minutes that one counts in. */
const STEPS = [1, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 14400];

function counted(...series: Series[]): { interval: number; max: number } {
  const most = Math.max(1, ...series.flat().map((value) => value ?? 0));
  const interval = STEPS.find((each) => most / each <= 4) ?? 28800;
  return { interval, max: Math.ceil(most / interval) * interval };
}

function axes(plots: Plots, colours: Palette, shown: Formatter, right: number): EChartsCoreOption {
  return {
    grid: { left: 4, right, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: plots.points.map((point) => point.name),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.grey } },
      axisLabel: { color: colours.quiet, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: "value",
      min: 0,
      splitNumber: 3,
      minInterval: 1,
      axisLabel: { color: colours.quiet, formatter: shown },
      splitLine: { lineStyle: { color: colours.line } },
    },
  };
}

interface Line {
  name: string;
  data: Series;
  colour: string;
  shown: Formatter;
  dashed?: boolean;
  dots?: boolean;
}

function line({ name, data, colour, shown, dashed = false, dots = false }: Line): object {
  const end = data.findLastIndex((value) => value !== null);
  return {
    type: "line",
    name,
    // The last value carries the label, also when the period is not over yet.
    data: data.slice(0, end + 1),
    connectNulls: true,
    symbol: "circle",
    symbolSize: 5,
    showSymbol: dots || data.length < 3,
    color: colour,
    lineStyle: { width: dashed ? 1.5 : 2, type: dashed ? [4, 4] : "solid" },
    emphasis: { disabled: true },
    endLabel: { show: true, formatter: "{a}", color: colour, distance: 6 },
    labelLayout: { moveOverlap: "shiftY" },
    tooltip: { valueFormatter: (value: number | null) => (value === null || value === undefined ? "–" : shown(value)) },
  };
}

const whole: Formatter = (value) => value.toLocaleString(document.documentElement.lang);

export function flow(plots: Plots, colours: Palette): EChartsCoreOption {
  const { words } = plots;
  return {
    ...base(colours),
    ...axes(plots, colours, whole, 72),
    series: [
      line({ name: words.backlog, data: plots.backlog, colour: colours.grey, shown: whole, dashed: true }),
      line({ name: words.opened, data: plots.opened, colour: colours.second, shown: whole }),
      line({ name: words.solved, data: plots.solved, colour: colours.accent, shown: whole }),
    ],
  };
}

export function response(plots: Plots, colours: Palette): EChartsCoreOption {
  const { words } = plots;
  const shown: Formatter = (value) =>
    value < 60 ? `${Math.round(value)} ${words.minutes}` : `${(value / 60).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${words.hours}`;
  const option = axes(plots, colours, shown, 96);
  return {
    ...base(colours),
    ...option,
    yAxis: { ...(option.yAxis as object), ...counted(plots.response, plots.responseBefore) },
    series: [
      line({ name: words.before, data: plots.responseBefore, colour: colours.grey, shown, dashed: true }),
      line({ name: words.response, data: plots.response, colour: colours.accent, shown }),
    ],
  };
}

function share(plots: Plots, colours: Palette, name: string, data: Series, colour: string, right: number): EChartsCoreOption {
  const percent: Formatter = (value) => `${Math.round(value)} %`;
  const option = axes(plots, colours, percent, right);
  return {
    ...base(colours),
    ...option,
    yAxis: { ...(option.yAxis as object), max: 100, interval: 25 },
    series: [line({ name, data, colour, shown: percent, dots: plots.points.length < 60 })],
  };
}

export function csat(plots: Plots, colours: Palette): EChartsCoreOption {
  return share(plots, colours, plots.words.csat, plots.csat, colours.accent, 44);
}

export function promises(plots: Plots, colours: Palette): EChartsCoreOption {
  return share(plots, colours, plots.words.promises, plots.promises, colours.second, 72);
}

/** One bar a row, the most first, its number beside it: nothing has to be read off an axis. */
export function bars(plots: Plots, colours: Palette): EChartsCoreOption {
  const common = base(colours);
  return {
    ...common,
    tooltip: { ...(common.tooltip as object), trigger: "item", formatter: ({ dataIndex }: { dataIndex: number }) => `${plots.bars[dataIndex]?.name ?? ""}   ${whole(plots.bars[dataIndex]?.value ?? 0)}` },
    grid: { left: 4, right: 56, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", min: 0, show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: plots.bars.map((bar) => bar.name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: colours.text, width: 150, overflow: "truncate" },
    },
    series: [
      {
        type: "bar",
        data: plots.bars.map((bar) => bar.value),
        barMaxWidth: 14,
        color: colours.accent,
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        cursor: "pointer",
        emphasis: { disabled: true },
        label: { show: true, position: "right", color: colours.text, formatter: ({ value }: { value: number }) => whole(value) },
      },
    ],
  };
}

export function load(plots: Plots, colours: Palette): EChartsCoreOption {
  const most = Math.max(1, ...plots.load.map(([, , number]) => number));
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
  const known = new Map(plots.load.map(([weekday, hour, number]) => [`${weekday} ${hour}`, number]));
  const cells = plots.weekdays.flatMap((_, weekday) => hours.map((_, hour) => [hour, weekday, known.get(`${weekday} ${hour}`) ?? 0]));
  const common = base(colours);
  return {
    ...common,
    tooltip: {
      ...(common.tooltip as object),
      trigger: "item",
      formatter: ({ value }: { value: number[] }) => `${plots.weekdays[value[1] ?? 0]} ${hours[value[0] ?? 0]}   ${value[2]}`,
    },
    grid: { left: 4, right: 4, top: 8, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: hours, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.quiet, interval: 3 } },
    yAxis: { type: "category", data: plots.weekdays, inverse: true, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.quiet } },
    visualMap: { show: false, min: 0, max: most, inRange: { color: colours.tints } },
    series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: colours.ground, borderWidth: 2, borderRadius: 3 }, emphasis: { itemStyle: { borderColor: colours.text } } }],
  };
}
