import type { CustomerForecast } from "../../forecast/document.ts";
import type { Format } from "../format.ts";
import { table } from "./table.ts";
import { fits } from "./text.ts";

type Quantity = (quantity: number) => string;

/** Customers as a table, a line each; two lines each where `width` columns do not hold it, with shorter numbers at last. */
export function customerTable(
  customers: readonly CustomerForecast[],
  width: number,
  ellipsis: string,
  format: Format,
): string {
  const tables = [
    onOneLine(customers, width, ellipsis, format.quantity),
    onTwoLines(customers, width, ellipsis, format.quantity),
    onTwoLines(customers, width, ellipsis, format.compact),
  ];
  return tables.find((text) => fits(text, width)) ?? tables.at(-1)!;
}

function onOneLine(
  customers: readonly CustomerForecast[],
  width: number,
  ellipsis: string,
  quantity: Quantity,
): string {
  const named = customers.some(({ name }) => name !== undefined);
  const rows = customers.map((customer) => [
    customer.id,
    ...(named ? [customer.name ?? ""] : []),
    ...rhythm(customer),
    quantity(quantityOf(customer)),
  ]);
  const names = named ? ["Name"] : [];
  return table(rows, {
    header: ["Customer", ...names, ...RHYTHM_HEADER, quantityHeader(customers)],
    align: ["left", ...names.map(() => "left" as const), "left", "left", "left", "right"],
    width,
    shrink: named ? [1, 0] : [0],
    ellipsis,
  });
}

function onTwoLines(
  customers: readonly CustomerForecast[],
  width: number,
  ellipsis: string,
  quantity: Quantity,
): string {
  const rows = customers.map((customer) => [customer.id, customer.name ?? "", quantity(quantityOf(customer))]);
  const first = table(rows, {
    header: ["Customer", "Name", quantityHeader(customers)],
    align: ["left", "left", "right"],
    width,
    shrink: [1, 0],
    ellipsis,
  });
  const second = table(customers.map(rhythm), { header: RHYTHM_HEADER, align: ["left", "left", "left"] }).split("\n");
  return first.replaceAll("\n", () => `\n  ${second.shift()}\n`);
}

const RHYTHM_HEADER = ["Status", "Last order", "Next order"];

/** What is at stake with a customer at risk, what is expected of the others. */
function quantityOf({ quantity_at_stake, expected_quantity }: CustomerForecast): number {
  return quantity_at_stake ?? expected_quantity;
}

function quantityHeader(customers: readonly CustomerForecast[]): string {
  return customers.some(({ quantity_at_stake }) => quantity_at_stake !== undefined) ? "At stake" : "Expected";
}

function rhythm({ status, last_order, expected_next_order }: CustomerForecast): string[] {
  return [status, last_order, expected_next_order ?? "–"];
}
