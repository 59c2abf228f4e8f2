import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cache, forecastKey, INDEX_KEY } from "../../src/caches/cache.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { findForecast } from "../../src/job/find-forecast.ts";
import { whyMissing } from "../../src/job/missing-forecast.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

const PRODUCTS = [
  { product_id: "00001049", product_name: "Green hose no. 80" },
  { product_id: 17, product_name: "Oak chair" },
  { product_id: "A-17", product_name: "Oak table, große" },
];

let folder: Folder;
let cache: Cache;
beforeAll(async () => {
  folder = temporaryFolder();
  cache = new SqliteCache(folder.path("cache.sqlite"));
  const documents = PRODUCTS.map(({ product_id }) => ({
    key: forecastKey(`${product_id}`),
    value: `of ${product_id}`,
  }));
  const index = JSON.stringify({ as_of_date: "2025-11-11", products: PRODUCTS });
  await cache.write([...documents, { key: INDEX_KEY, value: index }], 60);
});
afterAll(async () => {
  await cache.close();
  folder.remove();
});

const answer = async (asked: string) => {
  const { text, meant, lastRuns } = await findForecast(asked, cache);
  return text ?? whyMissing(asked, lastRuns, meant);
};

test("an id is found as it is, and one that is nearly it is suggested", async () => {
  expect(await answer("00001049")).toBe("of 00001049");
  expect(await answer("1049")).toBe("did you mean 00001049 (Green hose no. 80)?");
  expect(await answer("a 17")).toBe("did you mean A-17 (Oak table, große)?");
  expect(await answer("99")).toMatch(/^it has expired, or the product is unknown/);
});

test("words of a name find the one product that has them, and else name those that do", async () => {
  expect(await answer("green HOSE")).toBe("of 00001049");
  expect(await answer("GROSSE")).toMatch(/^it has expired/);
  expect(await answer("Große")).toBe("of A-17");
  expect(await answer("oak")).toBe("did you mean 17 (Oak chair) or A-17 (Oak table, große)?");
});

test("a cache without an index suggests nothing", async () => {
  const empty = new SqliteCache(folder.path("empty.sqlite"));
  await empty.write([{ key: forecastKey("1"), value: "of 1" }], 60);
  expect(await findForecast("oak", empty)).toMatchObject({ text: undefined, meant: [] });
  await empty.close();
});
