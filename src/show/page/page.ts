import { createHash } from "node:crypto";
import { Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

// No request leaves the page: a browser refuses whatever is not in the file itself, and any script but the page's own.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

interface Extras {
  readonly style: Html;
  /** The text of the only script that runs. */
  readonly script: string;
}

/** A page as one file that needs nothing else. */
export function page(title: string, body: Html): string {
  const { begin, end } = pageEnds(title);
  return `${begin}${body.markup}\n${end}`;
}

/** What stands before and after the body of a page. */
export function pageEnds(title: string, extras?: Extras): { readonly begin: string; readonly end: string } {
  const scripts = extras && `; script-src 'sha256-${createHash("sha256").update(extras.script).digest("base64")}'`;
  const begin = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}${scripts && new Html(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}${extras?.style}</style>
</head>
<body${extras && html` class="waiting"`}>
`;
  return { begin: begin.markup, end: "</body>\n</html>\n" };
}

/** A part of the page with a heading that names it. */
export function section(id: string, heading: string, ...content: readonly (Html | undefined | false)[]): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${content}
</section>
`;
}

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => Html | string;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
}

interface TableOptions<Row> {
  readonly stacks?: boolean;
  /** Rows that stand out. */
  readonly stands?: (row: Row) => boolean;
  /** A row below the others. */
  readonly total?: Row;
}

/**
 * A table whose first column names the row. On a phone each row becomes a block of its own, where `stacks` says so;
 * otherwise a table that is too wide scrolls by itself.
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { stacks = false, stands = () => false, total }: TableOptions<Row> = {},
): Html {
  const row = (values: Row) =>
    html`<tr role="row"${stands(values) && html` class="stands"`}>${columns.map((column, i) => cell(column, column.cell(values), i === 0))}</tr>
`;
  // A browser forgets what a table is when its style makes blocks of it: hence the roles.
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
<table role="table" aria-label="${caption}"${stacks && html` class="stacks"`}>
<thead role="rowgroup"><tr role="row">${columns.map(headerCell)}</tr></thead>
<tbody role="rowgroup">
${rows.map(row)}</tbody>
${total !== undefined && html`<tfoot role="rowgroup">${row(total)}</tfoot>`}
</table>
</div>
`;
}

function headerCell({ header, numeric }: Column<never>): Html {
  return html`<th role="columnheader" scope="col"${numeric && html` class="number"`}>${header}</th>`;
}

function cell({ header, numeric }: Column<never>, content: Html | string, first: boolean): Html {
  if (first) return html`<th role="rowheader" scope="row">${content}</th>`;
  return html`<td role="cell" data-label="${header}"${numeric && html` class="number"`}>${content}</td>`;
}

/** What only some readers want to see. */
export function details(summary: string, content: Html): Html {
  return html`<details>
<summary>${summary}</summary>
${content}</details>
`;
}

/** Questions and answers, or names and values. */
export function facts(entries: readonly (readonly [name: string, value: Html | string])[]): Html {
  return html`<dl class="facts">
${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
`;
}

/** Colours and what they stand for; the classes give the colours. */
export function legend(entries: readonly (readonly [swatch: string, words: string])[]): Html {
  return html`<ul class="legend">${entries.map(
    ([swatch, words]) => html`<li><span class="swatch ${swatch}" aria-hidden="true"></span>${words}</li>`,
  )}</ul>
`;
}
