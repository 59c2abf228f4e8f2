import { Html } from "./html.ts";

const LIGHT = `
  --page: #ffffff; --ink: #1a2330; --muted: #5b6675; --line: #d5dbe3; --raised: #f4f6f9;
  --sold: #8a97a8; --came: #3f4c5e; --forecast: #0b6bcb; --band: #0b6bcb33; --other: #b4570b; --faint: #c3cad4; --field: #7d8896;
  --good: #17703c; --fair: #8a5a00; --poor: #b3261e;`;

/** Light and dark as the reader's system has it, from a phone's width up; on paper light, without cut drawings. */
export const STYLE = new Html(`
:root {
  color-scheme: light dark;
  ${LIGHT}
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12171e; --ink: #e6eaf0; --muted: #a0acbb; --line: #333d4a; --raised: #1b222c;
    --sold: #6d7b8d; --came: #c3ccd8; --forecast: #6cb2ff; --band: #6cb2ff3d; --other: #f0a35e; --faint: #45505e; --field: #748293;
    --good: #63cf8f; --fair: #e6b450; --poor: #ff8a80;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; max-width: 45rem; }
figure { margin: 0; }
small, .under, .note { color: var(--muted); }
small, .note { font-size: 0.875rem; }
.under { margin-top: 0.25rem; }
.headline { font-size: 1.25rem; line-height: 1.35; margin: 1.25rem 0 0.5rem; }
.headline strong { font-size: 1.75rem; line-height: 1.1; display: block; }
.notes { margin: 0; padding-left: 1.25rem; max-width: 45rem; overflow-wrap: anywhere; }
.notes li { margin: 0.25rem 0; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; overflow-wrap: anywhere; }

.drawing { display: block; width: 100%; height: auto; }
.drawing text, .drawing tspan { white-space: pre; }
.narrow { display: none; }
@media (max-width: 37rem) { .wide { display: none; } .narrow { display: block; max-width: 30rem; } }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0.5rem 0 0; padding: 0; font-size: 0.875rem; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.swatch { width: 1rem; height: 0.75rem; border-radius: 2px; print-color-adjust: exact; }
.swatch.sold { background: var(--sold); }
.swatch.came { background: var(--came); }
.swatch.forecast { background: var(--forecast); height: 3px; }
.swatch.origin { width: 0; border-left: 2px dashed var(--muted); border-radius: 0; height: 1rem; }
.swatch.band { background: var(--band); }

.swatch.other { background: var(--other); height: 3px; }
.swatch.naive { background: var(--came); height: 3px; }
.swatch.faint { background: var(--faint); height: 2px; }
.swatch.weeks { background: var(--forecast); width: 0.75rem; border-radius: 50%; }
.swatch.total { border: 2px solid var(--other); width: 0.65rem; height: 0.65rem; border-radius: 0; transform: rotate(45deg); }
.swatch.promised { width: 0; border-left: 2px dashed var(--ink); border-radius: 0; height: 1rem; }
figcaption { font-size: 0.875rem; color: var(--muted); margin: 0.25rem 0; }
figure + .scroll { margin-top: 1.5rem; }
.square { max-width: 30rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1.5rem; margin-top: 1rem; }
.pictures figcaption { min-height: 4.2rem; overflow-wrap: anywhere; line-height: 1.35; }
.pictures b { color: var(--ink); }

.verdict { font-size: 1.25rem; line-height: 1.4; margin: 1rem 0; padding: 1rem 1.25rem; max-width: none; background: var(--raised); border-left: 0.4rem solid var(--grade); border-radius: 0.25rem; }
.verdict strong { display: block; font-size: 1.75rem; line-height: 1.2; color: var(--grade); }
.good { --grade: var(--good); }
.fair { --grade: var(--fair); }
.poor { --grade: var(--poor); }
.open { --grade: var(--muted); }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem; margin: 1.5rem 0 0; }
.answers div { padding: 0.75rem 1rem; background: var(--raised); border-radius: 0.25rem; border-top: 0.2rem solid var(--grade); }
.answers dt { font-weight: 600; }
.answers dd { margin: 0; font-size: 0.9375rem; }
.answers strong { display: block; color: var(--grade); }
summary { cursor: pointer; padding: 0.75rem 0; color: var(--muted); }
.words { display: block; font-weight: 400; }
.stands { background: var(--raised); }
.stands > * { font-weight: 700; }

.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--forecast); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.4rem 0.75rem 0.4rem 0; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 0.8125rem; font-weight: 600; }
tbody th { font-weight: 500; }
tfoot th, tfoot td { font-weight: 700; border-bottom: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; min-width: 4.5rem; }
details td.number { min-width: 0; }
th:has(.words) { min-width: 14rem; }
.day, .iso { white-space: nowrap; }
.iso { color: var(--muted); }
.status { white-space: nowrap; }
.status::before { content: ""; display: inline-block; width: 0.6em; height: 0.6em; margin-right: 0.4em; border-radius: 50%; background: var(--muted); print-color-adjust: exact; }
.status.alive::before { background: var(--good); }
.status.new::before { background: var(--forecast); }
.status.at-risk::before { background: var(--fair); border-radius: 0; }
.status.churned::before { background: none; border: 2px solid var(--muted); }
@media (max-width: 37rem) {
  table { font-size: 0.8125rem; }
  th, td { padding-right: 0.3rem; }
  thead th { font-size: 0.75rem; }
  .until { display: none; }
  th:has(.words), td.number { min-width: 0; }
  .stacks thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  .stacks, .stacks tbody { display: block; }
  .stacks tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: 0.25rem 0.5rem; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
  .stacks th, .stacks td { padding: 0; border: 0; text-align: left; font-size: 0.8125rem; line-height: 1.35; }
  .stacks th { grid-column: 1 / -2; font-size: 0.9375rem; font-weight: 600; }
  .stacks td:last-child { grid-area: 1 / -2 / auto / -1; text-align: right; font-weight: 600; }
  .stacks td::before { content: attr(data-label); display: block; color: var(--muted); font-size: 0.75rem; }
}

.facts { margin: 0; }
.facts div { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 37rem) { .facts div { grid-template-columns: 1fr; } }

.waterfall { margin: 0; padding: 0; list-style: none; max-width: 45rem; font-variant-numeric: tabular-nums; }
.waterfall li { display: grid; grid-template-columns: minmax(0, 2fr) 5rem minmax(0, 2fr); gap: 0.75rem; align-items: center; padding: 0.2rem 0; }
.waterfall li:last-child { border-top: 1px solid var(--line); font-weight: 600; }
.waterfall svg { width: 100%; height: 0.8rem; print-color-adjust: exact; }
.waterfall .level { fill: var(--sold); }
.waterfall .more { fill: var(--forecast); }
.waterfall .less { fill: var(--other); }
@media (max-width: 37rem) { .waterfall { font-size: 0.8125rem; } .waterfall li { grid-template-columns: minmax(0, 3fr) 4rem minmax(0, 2fr); gap: 0.5rem; } }

@page { margin: 15mm; }
@media print {
  :root {
    color-scheme: light;
    ${LIGHT}
  }
  main { max-width: none; padding: 0; }
  .wide { display: block; }
  .narrow { display: none; }
  h2, h3 { break-after: avoid; }
  figure, tr, .facts div { break-inside: avoid; }
  .scroll { overflow: visible; }
  details table, details thead th { font-size: 0.6875rem; }
  details th, details td { padding-right: 0.3rem; }
  details::details-content { content-visibility: visible; height: auto; }
  .answers, .pictures { grid-template-columns: repeat(3, 1fr); }
}
`);
