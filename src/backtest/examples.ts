import { absoluteError } from "../accuracy/error.ts";
import { formatDay } from "../history/calendar.ts";
import { sum } from "../numeric/sum.ts";
import { openSource, type SourceHandle } from "../sources/registry.ts";
import type { Example } from "./messages.ts";
import type { ForecastExample, ForecastExamples } from "./report.ts";
import type { Evaluation } from "./summary.ts";

/** Share of all units that the products make up of which the best and the worst are taken. */
const SHARE = 0.8;
const MOST = 10;

/**
 * The products that `auto` forecast best and worst at the latest origin, by their error as a share of what was sold.
 * Only the largest products, which together make up 80 % of all units, are looked at: on few units any error is large.
 *
 * @returns nothing where no examples were kept, or nothing was sold.
 * @throws SourceError when the products' names cannot be read.
 */
export async function forecastExamples(
  evaluation: Evaluation,
  handle: SourceHandle,
): Promise<ForecastExamples | undefined> {
  const examples = evaluation.forecasts
    .flatMap(({ productId, example }) => (example ? [exampleOf(productId, example)] : []))
    .filter(({ sold }) => sold > 0)
    .sort((a, b) => b.sold - a.sold);
  const all = examples.reduce((total, { sold }) => total + sold, 0);
  let before = 0;
  const largest = examples.filter(({ sold }) => {
    const isNeeded = before < SHARE * all;
    before += sold;
    return isNeeded;
  });
  if (largest.length === 0) return undefined;
  const ranked = largest.sort((a, b) => a.wape - b.wape);
  const listed = Math.min(MOST, Math.max(1, Math.floor(ranked.length / 2)));
  const source = await openSource(handle);
  const best = ranked.slice(0, listed);
  const worst = ranked.slice(listed === ranked.length ? ranked.length : -listed).reverse();
  const ids = [...best, ...worst].map(({ product_id }) => product_id);
  const { products } = await source.names(ids, []).finally(() => source.close());
  const named = (example: ForecastExample) => {
    const name = products.get(example.product_id);
    return name === undefined ? example : { ...example, product_name: name };
  };
  return {
    origin: formatDay(Math.max(...evaluation.origins)),
    candidates: ranked.length,
    share: SHARE,
    best: best.map(named),
    worst: worst.map(named),
  };
}

function exampleOf(
  productId: string,
  { history, actual, forecast: { mean, interval }, notes }: Example,
): ForecastExample {
  const absolute = actual.reduce((total, quantity) => total + Math.abs(quantity), 0);
  return {
    product_id: productId,
    sold: sum(actual),
    wape: absoluteError(actual, mean) / absolute,
    history: [...history],
    actual: [...actual],
    mean: [...mean],
    lower: [...(interval?.lower ?? mean)],
    upper: [...(interval?.upper ?? mean)],
    notes,
  };
}
