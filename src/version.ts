import packageJson from "../package.json" with { type: "json" };

/** The commit that a binary was built from; the build puts it in. */
declare const FORECAST_COMMIT: string | undefined;

export const VERSION = packageJson.version;
export const COMMIT = typeof FORECAST_COMMIT === "string" ? FORECAST_COMMIT : "from source";
