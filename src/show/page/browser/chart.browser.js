// Draws the weeks of a product in the reader's browser, as demand-chart.ts does where one page is made of one product.

const MARGIN = { top: 20, right: 12, bottom: 34, left: 56 };
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const WEEKS_PER_YEAR = 52;
/** A week this many times as large as any other goes beyond the axis: the others would hardly be seen. */
const SPIKE = 12;

/** The first day of a week of a product, counted from the origin, in milliseconds. */
function weekStart(product, week) {
  return Date.parse(product.origin) + week * WEEK_MS;
}

/** The largest value, or the largest but one where a single week of the past dwarfs all others. */
function highestDrawn({ past, mean, upper }) {
  const [largest = 0, second = 0] = past.toSorted((a, b) => b - a);
  const others = Math.max(0, second, ...mean, ...upper);
  return second > 0 && largest > SPIKE * others ? others : Math.max(others, largest);
}

/** About four round values that hold the range between them. */
function ticksOf(least, most) {
  const raw = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    power * (raw / power >= Math.sqrt(50) ? 10 : raw / power >= Math.sqrt(10) ? 5 : raw / power >= Math.SQRT2 ? 2 : 1);
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Upright and level lines through a value for each week, as `x,y` of their corners. */
function stepsOf(values, x, y) {
  return values.flatMap((value, week) => [`${x(week)},${y(value)}`, `${x(week + 1)},${y(value)}`]);
}

/**
 * @param label what a screen reader says in place of the drawing, as markup.
 * @returns the drawing as SVG: bars for what was sold, a line for what is expected, a band for its interval.
 */
function demandDrawing(product, { width, height }, label, format) {
  const { past, mean, lower, upper } = product;
  const top = highestDrawn(product);
  const ticks = ticksOf(Math.min(0, ...past), Math.max(top, 1e-9));
  const [least, most] = [ticks[0], ticks.at(-1)];
  const pixel = (value) => Math.round(1000 * value) / 1000;
  const weekWidth = (width - MARGIN.left - MARGIN.right) / (past.length + mean.length);
  const x = (week) => pixel(MARGIN.left + (week + past.length) * weekWidth);
  const y = (value) =>
    pixel(height - MARGIN.bottom - ((value - least) / (most - least)) * (height - MARGIN.top - MARGIN.bottom));
  const xOf = (time) => x((time - weekStart(product, 0)) / WEEK_MS);
  const bars = past.map((quantity, i) => {
    const week = i - past.length;
    const [high, low] = [Math.max(0, Math.min(quantity, top)), Math.min(0, quantity)];
    const title = `${format.date(weekStart(product, week))}: ${format.quantity(quantity, product.decimals)}`;
    return `<rect x="${pixel(x(week) + 0.5)}" y="${y(high)}" width="${pixel(weekWidth - 1)}" height="${pixel(y(low) - y(high))}"><title>${title}</title></rect>`;
  });
  const months = monthStarts(weekStart(product, -past.length), weekStart(product, mean.length), width < 500 ? 4 : 2);
  const monthLabels = months.map((time, i) => {
    const isNew = i === 0 || new Date(time).getUTCMonth() === 0;
    const year = isNew ? `<tspan x="0" dy="1.2em">${format.year(time)}</tspan>` : "";
    return `<text transform="translate(${xOf(time)},${height - MARGIN.bottom + 16})" text-anchor="middle">${format.month(time)}${year}</text>`;
  });
  const line = (values) => `M${stepsOf(values, x, y).join("L")}`;
  const band = [...stepsOf(upper, x, y), ...stepsOf(lower, x, y).reverse()];
  const beyond = past.flatMap((quantity, i) =>
    quantity > top
      ? [
          `<text x="${x(i - past.length + 1)}" y="${pixel(y(top) - 8)}" text-anchor="end">▲ ${format.units(quantity, product.decimals)}</text>`,
        ]
      : [],
  );
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  return `<svg class="drawing" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" font-size="12" fill="currentColor">
<g stroke="var(--line)" stroke-opacity="0.6">${ticks.map((tick) => `<line x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>`).join("")}</g>
<g data-part="y-axis tick label" text-anchor="end">${ticks.map((tick) => `<text transform="translate(${left - 6},${y(tick)})" dy="0.32em">${format.tick(tick)}</text>`).join("")}</g>
<g data-part="x-axis tick label">${monthLabels.join("")}</g>
<g class="interval"><path fill="var(--band)" d="M${band.join("L")}Z"/></g>
<g class="sold" fill="var(--sold)">${bars.join("")}</g>
<g fill="none" stroke="var(--forecast)"><path stroke-opacity="0.5" d="${line(lower)}"/><path stroke-opacity="0.5" d="${line(upper)}"/></g>
<g class="expected" fill="none" stroke="var(--forecast)" stroke-width="2.5"><path d="${line(mean)}"/></g>
<g class="origin"><line x1="${x(0)}" x2="${x(0)}" y1="${MARGIN.top}" y2="${height - MARGIN.bottom}" stroke="var(--muted)" stroke-dasharray="3,3"/></g>
<g class="beyond">${beyond.join("")}</g>
</svg>`;
}

/** First days of months within the period, every so many months, those of Januaries among them. */
function monthStarts(start, end, every) {
  const found = [];
  const first = new Date(start);
  for (let month = 1; ; month++) {
    const time = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    if (time >= end) return found;
    if (new Date(time).getUTCMonth() % every === 0) found.push(time);
  }
}

/** A product's weeks in the size of a word, those of a year side by side with other products' weeks. */
function sparkline(product) {
  const { past, mean, lower, upper } = product;
  const [width, height] = [200, 40];
  const [least, most] = [Math.min(0, ...past), Math.max(highestDrawn(product), 1e-9)];
  const before = Math.max(WEEKS_PER_YEAR, past.length);
  const step = width / (before + mean.length);
  const x = (week) => Math.round(10 * (week + before) * step) / 10;
  const y = (value) => Math.round(10 * (height - (height * (Math.min(value, most) - least)) / (most - least))) / 10;
  const sold = past.map(
    (value, i) => `M${x(i - past.length)},${y(0)}V${y(value)}H${x(i - past.length + 1) - 0.6}V${y(0)}Z`,
  );
  const band = [...stepsOf(upper, x, y), ...stepsOf(lower, x, y).reverse()];
  return `<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
<path fill="var(--sold)" d="${sold.join("")}"/><path fill="var(--band)" d="M${band.join("L")}Z"/>
<path fill="none" stroke="var(--forecast)" stroke-width="2" vector-effect="non-scaling-stroke" d="M${stepsOf(mean, x, y).join("L")}"/></svg>`;
}
