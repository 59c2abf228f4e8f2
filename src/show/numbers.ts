const LEAST_SCIENTIFIC = 1e15;
const ONE_DECIMAL = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "negative",
});
const COUNT = new Intl.NumberFormat("en-US");
const COMPACT = new Intl.NumberFormat("en-US", {
  notation: "compact",
  maximumFractionDigits: 1,
  signDisplay: "negative",
});
const SCIENTIFIC = new Intl.NumberFormat("en-US", { notation: "scientific", maximumFractionDigits: 1 });

type Quantity = number | null | undefined;

/** A quantity as `1,450.5`; a dash where there is none. */
export function formatQuantity(quantity: Quantity): string {
  return formatted(quantity, ONE_DECIMAL);
}

/** A whole number as `1,450`; a dash where there is none. */
export function formatCount(count: number | null | undefined): string {
  return formatted(count, COUNT);
}

/** A quantity in at most seven columns: `1.5K`, `12.9M`. */
export function formatCompact(quantity: Quantity): string {
  return formatted(quantity, COMPACT);
}

/** A number on an axis with the decimals that its step needs: `0.5`, `1,500`, `2.5M`. */
export function formatTick(value: number, step: number): string {
  if (value >= 1e6) return formatCompact(value);
  const maximumFractionDigits = Math.min(20, Math.max(0, -Math.floor(Math.log10(step))));
  return new Intl.NumberFormat("en-US", { maximumFractionDigits }).format(value);
}

/** A share from 0 to 1 as `80 %`, with a decimal where it needs one. */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function formatted(quantity: Quantity, format: Intl.NumberFormat): string {
  if (typeof quantity !== "number" || !Number.isFinite(quantity)) return "–";
  return (Math.abs(quantity) < LEAST_SCIENTIFIC ? format : SCIENTIFIC).format(quantity);
}
