import type { Setting } from "../values/setting.ts";
import { RUN_SETTINGS } from "./run.ts";

const OURS = /^(FORECAST|DB|REDIS)_/;
/** What Kubernetes and Docker make of the names of services (https://kubernetes.io/docs/concepts/services-networking). */
const OF_A_SERVICE = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP)(_(ADDR|PORT|PROTO))?)?$/;

/** Every variable that sets something. */
export const VARIABLES: readonly string[] = Object.values(RUN_SETTINGS)
  .flat()
  .flatMap(({ env }: Setting<unknown>) => (env === undefined ? [] : [env]));

/** Variables named as ours are that set nothing; what is empty counts as not given. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env).filter(
    (name) => env[name] && OURS.test(name) && !OF_A_SERVICE.test(name) && !VARIABLES.includes(name),
  );
}
