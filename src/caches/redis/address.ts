import { alternatives, isHost } from "../../values/kinds.ts";
import type { Kind } from "../../values/setting.ts";

/** Where a server listens: at a port of TCP, or at a socket of this machine. */
export type Address = { readonly host: string; readonly port: number } | { readonly path: string };

export type TcpAddress = Extract<Address, { host: string }>;

/** How an address is told. */
export function shown(address: Address): string {
  if ("path" in address) return address.path;
  return `${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}

/** A list of servers. @param usualPort where none is named. */
export function addresses(usualPort: number): Kind<readonly TcpAddress[]> {
  return {
    placeholder: "HOST[:PORT][,…]",
    allowed: `names or addresses with commas between, each with its port unless that is ${usualPort}, as in a:${usualPort},b:${usualPort}`,
    parse: (text) => {
      const all = text.split(",").map((one) => tcpAddress(one.trim(), usualPort));
      return all.every((address) => address !== undefined) ? all : undefined;
    },
  };
}

/** An address of IPv6 with a port stands in brackets. */
function tcpAddress(text: string, usualPort: number): TcpAddress | undefined {
  const [, inBrackets, plain, port] = /^(?:\[([\da-fA-F:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = inBrackets ?? plain;
  const number = port === undefined ? usualPort : Number(port);
  return host === undefined || !isHost(host) || number < 1 || number > 65_535 ? undefined : { host, port: number };
}

/** What a URL of Redis says; nothing of what it leaves out. */
export interface UrlParts {
  readonly address: Address;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number | undefined;
}

const FORMS = [
  "redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]",
  "rediss://… with TLS",
  "unix:///PATH[?db=DATABASE] for a socket",
];
const USUAL_PORT = 6379;

export function redisUrl(): Kind<UrlParts> {
  return { placeholder: "URL", allowed: alternatives(FORMS), parse: partsOf };
}

function partsOf(text: string): UrlParts | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  if (url.hash !== "" || [...url.searchParams.keys()].some((name) => name !== "db")) return undefined;
  const credentials = { username: decoded(url.username), password: decoded(url.password) };
  const db = url.searchParams.get("db");
  if (url.protocol === "unix:") {
    const path = decoded(url.pathname);
    if (url.host !== "" || path === undefined || !/^\/./.test(path)) return undefined;
    return ofDatabase(db ?? "", { address: { path }, tls: false, ...credentials });
  }
  if (!/^rediss?:$/.test(url.protocol) || url.hostname === "" || (db !== null && url.pathname.length > 1))
    return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const address = { host, port: url.port === "" ? USUAL_PORT : Number(url.port) };
  return ofDatabase(db ?? url.pathname.slice(1), { address, tls: url.protocol === "rediss:", ...credentials });
}

function ofDatabase(text: string, parts: Omit<UrlParts, "database">): UrlParts | undefined {
  if (!/^\d{0,7}$/.test(text)) return undefined;
  return { ...parts, database: text === "" ? undefined : Number(text) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    return undefined;
  }
}
