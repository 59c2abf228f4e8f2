import { Html } from "./html.ts";

/** The list's rows are as high as `--row` says: the script knows by it which of them are in view. */
export const CATALOGUE_STYLE = new Html(`
#list { max-width: 84rem; }
[hidden] { display: none !important; }
#list .under { max-width: 60rem; }
#controls { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; margin: 1.25rem 0 0.5rem; }
#controls label { font-size: 0.8125rem; color: var(--muted); }
#controls input[type=search], #controls select {
  display: block; font: inherit; font-size: 1rem; color: var(--ink); background: var(--page); height: 2.5rem;
  border: 1px solid var(--field); border-radius: 0.25rem; padding: 0 0.6rem; max-width: 100%; width: 100%;
}
.search { flex: 1 1 16rem; max-width: 26rem; }
#controls label:not(.search, .chip) { flex: 0 1 11rem; }
fieldset { border: 0; margin: 0; padding: 0; flex: 1 1 100%; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
legend { float: left; font-size: 0.8125rem; color: var(--muted); padding: 0; margin-right: 0.3rem; }
.chip { display: inline-flex; align-items: center; gap: 0.35rem; border: 1px solid var(--field); border-radius: 2rem; padding: 0.3rem 0.75rem; cursor: pointer; }
.chip input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.chip small { font-size: inherit; }
#controls .chip:has(:checked) { background: var(--forecast); border-color: var(--forecast); color: var(--page); }
.chip:has(:checked) small { color: inherit; }
:focus-visible, .chip:has(:focus-visible) { outline: 2px solid var(--forecast); outline-offset: 2px; }
#count { margin: 0.75rem 0 0.25rem; font-weight: 600; }
h1:focus { outline: none; }

#list-table, #list-table thead, #list-table tbody { display: block; }
#list-table tbody { --row: 60px; position: relative; }
#list-table tr {
  display: grid; align-items: center; gap: 0 1rem; padding: 0 0.25rem;
  grid-template-columns: minmax(10rem, 2.2fr) minmax(8rem, 1.6fr) 8.5rem 5rem 6rem 6rem 4.5rem minmax(6rem, 1.2fr);
}
#list-table thead { position: sticky; top: 0; background: var(--page); z-index: 1; border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
#list-table tbody tr { position: absolute; left: 0; right: 0; height: var(--row); border-bottom: 1px solid var(--line); }
#list-table tbody tr:hover { background: var(--raised); }
#list-table th, #list-table td { border: 0; padding: 0; min-width: 0; }
#list-table thead button { font: inherit; color: inherit; background: none; border: 0; padding: 0.25rem 0; cursor: pointer; text-align: inherit; }
[aria-sort] button { color: var(--ink) !important; }
[aria-sort=descending] button::after { content: " ↓"; }
[aria-sort=ascending] button::after { content: " ↑"; }
.what a { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--ink); text-decoration: none; font-weight: 600; }
.what a::after { content: ""; position: absolute; inset: 0; }
tr:hover .what a { text-decoration: underline; }
#list-table .what small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 400; }
#list-table .total { font-weight: 700; }
#list-table .total small { display: block; font-weight: 400; font-size: 0.8125rem; }
.spark { display: block; width: 100%; height: 40px; }
#list-table .tags { max-height: 3.2rem; overflow: hidden; line-height: 1.6; }
.tag { display: inline-block; font-size: 0.75rem; line-height: 1.3; padding: 0.1rem 0.5rem; border-radius: 1rem; background: var(--raised); border: 1px solid var(--line); white-space: nowrap; }
.waiting #list-table, .waiting #controls { visibility: hidden; }

#product nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; margin-bottom: 1.25rem; }
#product nav a { color: var(--forecast); padding: 0.25rem 0; }
#product nav a:first-child { margin-right: auto; }

@media (max-width: 64rem) {
  #list-table tr { grid-template-columns: minmax(9rem, 2fr) minmax(7rem, 1.4fr) 8rem 5rem 4.5rem minmax(5rem, 1fr); }
  .last, .year { display: none; }
}
@media (max-width: 45rem) {
  #list-table thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  #list-table tbody { --row: 132px; }
  #list-table tbody tr { grid-template: "what total" 3.6rem "picture picture" 2.4rem "facts facts" 1.5rem / minmax(0, 1fr) auto; padding: 0.25rem 0; align-content: center; }
  #list-table .what { grid-area: what; font-size: 0.9375rem; line-height: 1.25; }
  .what a { white-space: normal; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
  #list-table .total { grid-area: total; font-size: 0.9375rem; }
  #list-table .picture { grid-area: picture; }
  .spark { height: 34px; }
  #list-table .accuracy { grid-area: facts; text-align: left; font-size: 0.8125rem; }
  #list-table .accuracy::after { content: " accuracy"; color: var(--muted); }
  #list-table .change { grid-area: facts; text-align: left; font-size: 0.8125rem; padding-left: 7.5rem; }
  #list-table .change:not(:empty)::after { content: " change"; color: var(--muted); }
  #list-table .tags { grid-area: facts; justify-self: end; max-width: 45%; text-align: right; white-space: nowrap; text-overflow: ellipsis; max-height: 1.5rem; }
  #controls label:not(.search, .chip) { flex: 1 1 9rem; }
  .search { flex-basis: 100%; max-width: none; }
}
@media print {
  #controls, #product nav { display: none; }
  #list-table thead { position: static; }
  #list-table tbody tr { position: static; break-inside: avoid; height: auto; min-height: 44px; }
  #list-table tr { grid-template-columns: minmax(0, 2fr) minmax(0, 1.2fr) 7rem 4rem 4.5rem 4.5rem 4rem minmax(0, 1fr); gap: 0 0.5rem; font-size: 0.75rem; }
  .last, .year { display: block; }
  .spark path, .tag { print-color-adjust: exact; }
}
`);
