import { parseDay } from "../history/calendar.ts";
import type { LoadedSource } from "./description.ts";

const WORLD = { seed: 1, products: 500, customers: 300 };
const START = "2019-01-01";

export const SIMULATION: LoadedSource<object> = {
  words: "a simulation",
  settings: [],
  read: () => ({}),
  load: async (_settings, { origin: end }) => {
    const [{ simulateOrders }, { shareOrderBook }] = await Promise.all([
      import("../simulation/wholesaler.ts"),
      import("./memory/order-book.ts"),
    ]);
    return { book: shareOrderBook(simulateOrders({ ...WORLD, start: parseDay(START), end })) };
  },
};
