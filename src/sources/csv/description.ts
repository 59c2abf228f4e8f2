import type { LoadedSource } from "../description.ts";
import { CSV_SETTINGS, type CsvSettings, readCsvSettings } from "./settings.ts";

export const CSV_FILE: LoadedSource<CsvSettings> = {
  words: "a CSV or Excel file",
  argument: "FILE",
  settings: CSV_SETTINGS,
  countsFromFirstLine: true,
  read: readCsvSettings,
  load: async (settings) => {
    const [{ readCsv }, { shareOrderBook }] = await Promise.all([
      import("./reader.ts"),
      import("../memory/order-book.ts"),
    ]);
    const { book, ...remarks } = await readCsv(settings);
    return { book: shareOrderBook(book), remarks };
  },
};
