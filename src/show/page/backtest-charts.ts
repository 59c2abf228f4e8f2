import { axisX, axisY, barX, dot, gridX, gridY, line, type PlotOptions, ruleX, text } from "@observablehq/plot";
import type { GroupReport, Honesty } from "../../backtest/report.ts";
import type { Format } from "../format.ts";

const GRID = { stroke: "var(--line)", strokeOpacity: 0.6 } as const;
const LEFT_MARGIN = 56;
const CLASS_MARGIN = 88;

/** A line a method: how the error grows with the weeks ahead. The first ones of `highlighted` are drawn over the rest. */
export function errorByWeek(
  weeks: readonly GroupReport[],
  highlighted: readonly { readonly model: string; readonly color: string }[],
  format: Format,
): PlotOptions {
  const points = (model: string) =>
    weeks.flatMap(({ group, models }) => {
      const wape = models.find((measured) => measured.model === model)?.wape;
      return wape === null || wape === undefined ? [] : [{ week: Number(group), wape }];
    });
  const names = weeks[0]?.models.map(({ model }) => model) ?? [];
  const others = names.filter((name) => !highlighted.some(({ model }) => model === name));
  const drawn = (model: string, stroke: string, strokeWidth: number) =>
    line(points(model), { x: "week", y: "wape", stroke, strokeWidth, className: `method-${model}` });
  return {
    marginLeft: LEFT_MARGIN,
    x: { domain: [1, weeks.length], label: null },
    y: { zero: true, nice: true, label: null },
    marks: [
      gridY({ ticks: 4, ...GRID }),
      axisY({ ticks: 4, tickSize: 0, tickFormat: format.share }),
      axisX({ ticks: Math.min(12, weeks.length), tickFormat: format.tick }),
      ...others.map((model) => drawn(model, "var(--faint)", 1)),
      ...highlighted
        .toReversed()
        .map(({ model, color }, i, { length }) => drawn(model, color, i === length - 1 ? 3 : 2)),
    ],
  };
}

/** The share of weeks and of totals that lay within the interval, by class, beside what was promised. */
export function coverage(groups: readonly GroupReport[], promised: number, format: Format): PlotOptions {
  const rows = groups.flatMap(({ group, models }) => {
    const auto = models.find(({ model }) => model === "auto");
    return auto ? [{ group, weeks: auto.coverage, total: auto.total_coverage }] : [];
  });
  const shown = { y: "group", r: 6, strokeWidth: 2 } as const;
  return {
    marginLeft: CLASS_MARGIN,
    marginTop: 28,
    x: { domain: [0, 1], label: null },
    y: { domain: rows.map(({ group }) => group), label: null, padding: 0.5 },
    marks: [
      gridX({ ticks: 5, ...GRID }),
      axisX({ ticks: 5, tickFormat: format.share }),
      axisY({ tickSize: 0 }),
      ruleX([promised], { stroke: "var(--ink)", strokeDasharray: "4,3", className: "promised" }),
      text([promised], { x: (level: number) => level, frameAnchor: "top", dy: -16, text: format.share }),
      dot(rows, { ...shown, x: "weeks", fill: "var(--forecast)", className: "weeks" }),
      dot(rows, {
        ...shown,
        x: "total",
        fill: "var(--page)",
        stroke: "var(--other)",
        symbol: "diamond",
        className: "total",
      }),
    ],
  };
}

/** The share of a reference's error that `auto` saves, by class: to the right where it helps, to the left where it harms. */
export function valueAdded(
  groups: readonly { readonly group: string; readonly gain: number }[],
  format: Format,
): PlotOptions {
  const end = { x: "gain", y: "group", text: ({ gain }: { gain: number }) => format.change(gain), fontWeight: 600 };
  const most = Math.max(0.1, ...groups.map(({ gain }) => Math.abs(gain))) * 1.3;
  const least = groups.some(({ gain }) => gain < 0) ? -most : 0;
  return {
    marginLeft: CLASS_MARGIN,
    x: { domain: [least, most], label: null },
    y: { domain: groups.map(({ group }) => group), label: null, padding: 0.35 },
    marks: [
      gridX({ ticks: 5, ...GRID }),
      axisX({ ticks: 5, tickFormat: format.change }),
      axisY({ tickSize: 0 }),
      barX(groups, {
        x: "gain",
        y: "group",
        fill: ({ gain }: { gain: number }) => (gain < 0 ? "var(--poor)" : "var(--good)"),
        className: "gain",
      }),
      ruleX([0], { stroke: "var(--ink)" }),
      text(groups, { ...end, filter: ({ gain }: { gain: number }) => gain >= 0, textAnchor: "start", dx: 6 }),
      text(groups, { ...end, filter: ({ gain }: { gain: number }) => gain < 0, textAnchor: "end", dx: -6 }),
    ],
  };
}

/** What forecasts state of their accuracy, across, and what came true, upwards: honest on the diagonal. */
export function calibration({ deciles }: Honesty, format: Format): PlotOptions {
  const diagonal = [
    [0, 0],
    [1, 1],
  ];
  return {
    marginLeft: LEFT_MARGIN,
    marginBottom: 44,
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    marks: [
      gridX({ ticks: 5, ...GRID }),
      gridY({ ticks: 5, ...GRID }),
      axisX({ ticks: 5, tickFormat: format.share, label: "stated", labelAnchor: "center", labelArrow: "none" }),
      axisY({ ticks: 5, tickSize: 0, tickFormat: format.share, label: "came true", labelArrow: "none" }),
      line(diagonal, { stroke: "var(--muted)", strokeDasharray: "4,3", className: "honest" }),
      dot(deciles, { x: "estimate", y: "accuracy", r: 5, fill: "var(--forecast)", className: "decile" }),
    ],
  };
}
