/** A command line, and what it does. */
export type Example = readonly [command: string, meaning: string];

const WITH_A_FILE: Example = [
  "forecast run --source csv:orders.csv",
  "forecast the orders of a file, without any server",
];

/** What each command's usage text and man page show, by its name; `all` is for the program as a whole. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  all: [
    WITH_A_FILE,
    ["forecast run --source demo", "see what comes out, with simulated orders"],
    ["forecast list", "all forecasts; forecast inspect 12345 reads one"],
  ],
  run: [
    WITH_A_FILE,
    ["forecast run --source csv:'orders-*.csv' --as-of 2025-11-11", "several files, as of a day in the past"],
    ["zcat orders.gz | forecast run --source csv:-", "what another program writes"],
    ["forecast run --source csv:orders.csv --csv-columns product_id=sku,quantity=#7", "columns by name or number"],
    ["forecast run --product 12345 --product 'A 17'", "two products only, from SQL Server to Redis"],
    ["forecast run --queue", "hand the products to forecast work on other machines"],
    ["forecast run --source sqlite:orders.sqlite --cache sqlite:cache.sqlite", "from one SQLite file to another"],
  ],
  work: [
    ["forecast work", "take batches of every run --queue that uses the same Redis, on any machine"],
    ["forecast work --once --workers 8", "of the run that is under way, in eight threads"],
  ],
  status: [
    ["forecast status", "was the last run good? it ends with 0 or 1"],
    ["forecast status --max-age 8d --max-failed 1%", "of a weekly run, with few failures"],
    ["forecast status --cache sqlite:orders.forecasts.sqlite --json", "of another cache, for a program"],
  ],
  list: [
    ["forecast list --note stopped,possible-stock-out", "products that need a look"],
    ["forecast list --html catalogue.html", "one page of all products, to search and to send"],
    ["forecast list --csv forecasts.csv --locale de-DE", "for a German Excel; --xlsx FILE makes a workbook"],
    ["forecast list --csv weeks.csv --weeks", "a row a product and week; --months for months"],
    ["forecast list --lead-time 5w --service-level 95% --stock stock.csv", "what to order"],
  ],
  inspect: [
    ["forecast inspect 12345", "the forecast in words, with a chart and tables"],
    ["forecast inspect 12345 --html product.html --locale de-DE", "as a page, with German numbers and dates"],
    ["forecast inspect 12345 --json", "the document as it is cached"],
  ],
  backtest: [
    ["forecast backtest --source csv:orders.csv", "how good would the forecasts have been at three dates?"],
    ["forecast backtest --origins 2025-05-27,2025-08-19 --html report.html", "at these dates, as a page"],
    ["forecast backtest --models auto,mean13 --csv weeks.csv", "every forecast beside what came"],
  ],
  doctor: [
    ["forecast doctor", "look at SQL Server, Redis, clock and lock"],
    ["forecast doctor --source csv:orders.csv", "look at a file: is it read right, how old are its orders?"],
  ],
  config: [
    ["forecast config", "every setting, and whether a flag, a variable or nobody gave it"],
    ["forecast config --source csv:orders.csv --json", "the same with this flag, for a program"],
  ],
  schema: [
    ["forecast schema >forecast.schema.json", "every key of documents, metadata and index, for a validator"],
    ["forecast schema | jq '.\"$defs\".Summary.properties'", "what the keys of a summary mean"],
  ],
  licenses: [["forecast licenses | less", "read them page by page"]],
  completion: [
    ["source <(forecast completion bash)", "in this bash, or in all with the line in ~/.bashrc"],
    ["forecast completion fish >~/.config/fish/completions/forecast.fish", "in each fish"],
  ],
};
