/** What an instance has of its own: in the unit without instances, and in that for each of them. */
const OF_AN_INSTANCE: readonly (readonly [plain: string, instance: string])[] = [
  ["Description=Forecast the demand for every product", "Description=Forecast the demand for every product of %i"],
  ["EnvironmentFile=-/etc/forecast-worker/forecast.env", "EnvironmentFile=/etc/forecast-worker/%i.env"],
  [
    "LoadCredential=DB_PASSWORD:forecast-worker.DB_PASSWORD",
    "LoadCredential=DB_PASSWORD:forecast-worker-%i.DB_PASSWORD",
  ],
  [
    "LoadCredential=REDIS_PASSWORD:forecast-worker.REDIS_PASSWORD",
    "LoadCredential=REDIS_PASSWORD:forecast-worker-%i.REDIS_PASSWORD",
  ],
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
  ["User=forecast-worker", "User=forecast-%i"],
  ["StateDirectory=forecast-worker", "StateDirectory=forecast-worker-%i"],
  ["WorkingDirectory=/var/lib/forecast-worker", "WorkingDirectory=/var/lib/forecast-worker-%i"],
  ["RuntimeDirectory=forecast-worker", "RuntimeDirectory=forecast-worker-%i"],
];

/**
 * The unit of systemd for instances, such as forecast-worker@.service, out of the one without.
 *
 * @throws Error where a line that an instance has of its own is not there.
 */
export function instanceService(plain: string): string {
  return OF_AN_INSTANCE.reduce((unit, [line, own]) => {
    const parts = `\n${unit}`.split(`\n${line}`);
    if (parts.length !== 2) throw new Error(`the unit has ${parts.length - 1} lines that begin with ${line}`);
    return parts.join(`\n${own}`).slice(1);
  }, plain);
}

/** The same of the timer. */
export function instanceTimer(plain: string): string {
  return plain.replace("for every product, every morning", "for every product of %i, every morning");
}
