import { type Address, shown } from "./address.ts";
import type { RedisSettings } from "./settings.ts";

/** Who asks, and how it is let in. */
export interface Access extends Pick<RedisSettings, "username" | "password" | "database" | "tls" | "certificates"> {
  /** What the server is: a Redis by itself, a node of a cluster, or one that knows where others are. */
  readonly as: "server" | "node" | "sentinel";
}

export const CERTIFICATE_PROBLEM = /certificate|altnames|self[- ]signed|CERT_/i;
const NO_TLS = /wrong version number|packet length too long|unexpected message|ssl3_get_record|EPROTO/i;
/** What a server says that wants to be shown a certificate, RFC 8446 6.2. */
const WANTS_CERTIFICATE = /certificate[_ ]required|handshake failure|bad[_ ]certificate|unknown[_ ]ca/i;

/** What to look at, by what a server, or the driver, has said. @param hasAnswered whether the server has answered a command already. */
export function hintFor(
  words: string,
  address: Address,
  access: Pick<Access, "as" | "tls" | "certificates">,
  hasAnswered: boolean,
): string | undefined {
  const prefix = access.as === "sentinel" ? "REDIS_SENTINEL" : "REDIS";
  if (/^(WRONGPASS|NOAUTH|NOPERM)\b/.test(words)) return `check ${prefix}_USERNAME and ${prefix}_PASSWORD`;
  if (access.as === "server" && /^(MOVED|ASK) /.test(words)) return clusterHint(address);
  if (access.as === "server" && /unknown command\W*get\b/i.test(words))
    return "is it a Sentinel? REDIS_SENTINELS in place of a host";
  if (!access.tls)
    return !hasAnswered && /ECONNRESET/.test(words) ? "does it want TLS at this port? REDIS_TLS=true" : undefined;
  if (NO_TLS.test(words) || (!hasAnswered && /^no answer/.test(words)))
    return "does it speak TLS at this port? REDIS_TLS";
  if (/alert/i.test(words) && WANTS_CERTIFICATE.test(words))
    return "it wants to be shown a certificate: REDIS_CERT and REDIS_KEY";
  if (/altnames|does not match/i.test(words)) return "name Redis as its certificate does";
  if (!CERTIFICATE_PROBLEM.test(words)) return undefined;
  return access.certificates?.ca === undefined
    ? "name the file of its certificate authority in REDIS_CA"
    : "REDIS_CA has another certificate authority than its own";
}

/** For one who has named a node of a cluster as if it were a Redis by itself. */
export function clusterHint(address: Address): string {
  return `it is a node of a cluster: set REDIS_CLUSTER=${shown(address)} in place of REDIS_HOST, REDIS_PORT or REDIS_URL`;
}
