type OwnLines = readonly (readonly [plain: string, instance: string])[];

const ENVIRONMENT_FILE = "EnvironmentFile=-/etc/forecast-worker/forecast.env";
const OWN_ENVIRONMENT_FILE = "EnvironmentFile=/etc/forecast-worker/%i.env";

/** What an instance has of its own: in each unit without instances, and in that for each of them. */
const OF_ALL: OwnLines = [
  [
    "LoadCredential=DB_PASSWORD:forecast-worker.DB_PASSWORD",
    "LoadCredential=DB_PASSWORD:forecast-worker-%i.DB_PASSWORD",
  ],
  [
    "LoadCredential=REDIS_PASSWORD:forecast-worker.REDIS_PASSWORD",
    "LoadCredential=REDIS_PASSWORD:forecast-worker-%i.REDIS_PASSWORD",
  ],
  ["User=forecast-worker", "User=forecast-%i"],
];
const OF_A_RUN: OwnLines = [
  ["Description=Forecast the demand for every product", "Description=Forecast the demand for every product of %i"],
  [ENVIRONMENT_FILE, OWN_ENVIRONMENT_FILE],
  [
    "Environment=FORECAST_METRICS_FILE=/var/lib/forecast-metrics/forecast.prom",
    "Environment=FORECAST_METRICS_FILE=/var/lib/forecast-metrics/forecast-%i.prom\n" +
      "# A label of the metrics, so that those of all instances can be collected together, and keys of its own in the cache.\n" +
      "Environment=FORECAST_TENANT=%i FORECAST_KEY_PREFIX=forecast-%i:",
  ],
  [
    "# /run/forecast-worker holds the lock, /var/lib/forecast-worker what",
    "# /run/forecast-worker-%i holds the lock, /var/lib/forecast-worker-%i what",
  ],
  ["StateDirectory=forecast-worker", "StateDirectory=forecast-worker-%i"],
  ["WorkingDirectory=/var/lib/forecast-worker", "WorkingDirectory=/var/lib/forecast-worker-%i"],
  ["RuntimeDirectory=forecast-worker", "RuntimeDirectory=forecast-worker-%i"],
];
const OF_A_WORKER: OwnLines = [
  ["Description=Forecast batches that another machine", "Description=Forecast batches of %i that another machine"],
  [
    ENVIRONMENT_FILE,
    `${OWN_ENVIRONMENT_FILE}\n# Keys of its own in Redis, as its runs have.\nEnvironment=FORECAST_KEY_PREFIX=forecast-%i:`,
  ],
];

/**
 * The unit of systemd for instances, such as forecast-worker@.service, out of the one without.
 *
 * @throws Error where a line that an instance has of its own is not there.
 */
export function instanceService(plain: string): string {
  return withOwn(plain, [...OF_ALL, ...OF_A_RUN]);
}

/** The same of forecast-worker-queue.service, whose workers take only batches of their instance. */
export function instanceQueueService(plain: string): string {
  return withOwn(plain, [...OF_ALL, ...OF_A_WORKER]);
}

function withOwn(plain: string, lines: OwnLines): string {
  return lines.reduce((unit, [line, own]) => {
    const parts = `\n${unit}`.split(`\n${line}`);
    if (parts.length !== 2) throw new Error(`the unit has ${parts.length - 1} lines that begin with ${line}`);
    return parts.join(`\n${own}`).slice(1);
  }, plain);
}

/** The same of the timer. */
export function instanceTimer(plain: string): string {
  return plain.replace("for every product, every morning", "for every product of %i, every morning");
}
