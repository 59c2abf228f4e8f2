import type { CustomerForecast, WeekPrediction } from "../../forecast/document.ts";
import { type AnyVersion, shortWeekInWords, shownDecimals } from "../any-version.ts";
import type { Format } from "../format.ts";
import { areAllNew } from "../words/customers.ts";
import { type Html, html } from "./html.ts";
import { type Column, details, section, table } from "./page.ts";

interface Line {
  readonly week: Html | string;
  readonly expected: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly customers: number | undefined;
}

export function weekSection(document: AnyVersion, { withDecimals }: Format): Html {
  const { predictions, summary } = document;
  const expected = [summary.total_predicted_quantity, ...predictions.map((week) => week.predicted_quantity)];
  const format = withDecimals(shownDecimals(document, expected));
  const columns: Column<Line>[] = [
    { header: "Week", cell: ({ week }) => week },
    { header: "Expected", cell: ({ expected }) => format.quantity(expected), numeric: true },
    { header: "Low", cell: ({ lower }) => format.quantity(lower), numeric: true },
    { header: "High", cell: ({ upper }) => format.quantity(upper), numeric: true },
    {
      header: "Ordering",
      cell: ({ customers }) => (customers === undefined ? "" : format.count(customers)),
      numeric: true,
    },
  ];
  const lines = predictions.map((week) => ({
    week: html`${week.iso_week !== undefined && html`<span class="iso">${week.iso_week}</span> `}<span class="day">${format.shortDate(week.week_start)}</span><span class="until"> – ${format.shortDate(week.week_end)}</span>`,
    expected: week.predicted_quantity,
    lower: week.confidence_lower,
    upper: week.confidence_upper,
    customers: week.active_customers,
  }));
  const short = shortWeekInWords(document);
  const total = {
    week: "Total",
    expected: summary.total_predicted_quantity,
    lower: summary.total_confidence_lower,
    upper: summary.total_confidence_upper,
    customers: undefined,
  };
  return section(
    "weeks",
    "Week by week",
    table("Forecast by week", columns, lines, { total }),
    leadTimes(document, format),
    html`<p class="note">Low and high are the bounds of the interval; ordering is how many customers are expected to order.${
      total.lower !== undefined && " The total has its own interval: the bounds of the weeks do not add up to it."
    }${short !== undefined && ` ${short}`}</p>`,
  );
}

/** Demand from the origin to the end of each week; nothing of documents that do not have it. */
function leadTimes({ predictions }: AnyVersion, format: Format): Html | false {
  const columns: Column<WeekPrediction>[] = [
    { header: "Up to", cell: ({ week_end }) => format.shortDate(week_end) },
    { header: "Expected", cell: (week) => format.quantity(week.cumulative_quantity), numeric: true },
    { header: "Low", cell: (week) => format.quantity(week.cumulative_lower), numeric: true },
    { header: "High", cell: (week) => format.quantity(week.cumulative_upper), numeric: true },
  ];
  return (
    predictions.every(({ cumulative_quantity }) => cumulative_quantity !== undefined) &&
    details(
      "For lead times: demand up to the end of each week",
      table("Demand up to the end of a week", columns, predictions),
    )
  );
}

export function customerSection(document: AnyVersion, { withDecimals, prose }: Format): Html {
  const { customers = [], at_risk_customers = [] } = document;
  const listed = [...customers, ...at_risk_customers];
  const quantities = listed.map(({ quantity_at_stake, expected_quantity }) => quantity_at_stake ?? expected_quantity);
  const format = withDecimals(shownDecimals(document, quantities));
  return section(
    "customers",
    "Customers",
    html`<p>${customersInWords(document, prose)}</p>`,
    customers.length > 0 &&
      html`<h3>Who will buy most</h3>
${customerTable("Customers with the largest expected quantity", "Expected units", customers, format)}`,
    at_risk_customers.length > 0 &&
      html`<h3>Who may not come back</h3>
${customerTable("Customers at risk", "Units at stake", at_risk_customers, format)}`,
    listed.some(({ probability_alive }) => probability_alive !== undefined) &&
      html`<p class="note">The percentage is the probability that a customer orders again within a year.${
        at_risk_customers.some(({ quantity_at_stake }) => quantity_at_stake !== undefined) &&
        " At stake is what more would be expected of one that has surely not stopped."
      }</p>`,
  );
}

function customersInWords(document: AnyVersion, format: Format): string {
  const { active_customers: active, known_customers_quantity: known, new_customers_quantity: fresh } = document.summary;
  return [
    areAllNew(document) && "Customers do not come back here: those who order are new ones.",
    active !== undefined &&
      !areAllNew(document) &&
      `${active === 1 ? "1 customer is" : `${format.count(active)} customers are`} expected to order again within a year.`,
    known !== undefined &&
      fresh !== undefined &&
      `Of the total, ${format.units(known)} units are expected of customers known so far, and ${format.units(fresh)} of new ones.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(" ");
}

function customerTable(
  caption: string,
  quantityHeader: string,
  customers: readonly CustomerForecast[],
  format: Format,
): Html {
  const columns: Column<CustomerForecast>[] = [
    {
      header: "Customer",
      cell: ({ id, name }) =>
        name === undefined ? html`<bdi>${id}</bdi>` : html`<bdi>${name}</bdi> <small><bdi>${id}</bdi></small>`,
    },
    {
      header: "Status",
      cell: ({ status, probability_alive: alive }) =>
        html`<span class="status ${status.replaceAll(" ", "-")}">${status}</span>${
          alive !== undefined && html` <small>${format.share(alive)}</small>`
        }`,
    },
    { header: "Last order", cell: ({ last_order }) => format.date(last_order) },
    {
      header: "Next order",
      cell: ({ expected_next_order: next }) => (next === null || next === undefined ? "–" : format.date(next)),
    },
    {
      header: quantityHeader,
      cell: ({ quantity_at_stake, expected_quantity }) => format.quantity(quantity_at_stake ?? expected_quantity),
      numeric: true,
    },
  ];
  return table(caption, columns, customers, { stacks: true });
}
