import { writeFileSync } from "node:fs";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import { readRedisSettings } from "../../../src/caches/redis/settings.ts";
import { Given } from "../../../src/values/given.ts";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";
import { forecast, ON_DENO } from "../../parts/program.ts";
import { freePort, type RedisServer, startRedis } from "../../parts/redis.ts";

interface TlsServer extends RedisServer {
  readonly tlsPort: number;
}

let folder: Folder;
let open: TlsServer;
let elsewhere: TlsServer;
let closed: TlsServer;
beforeAll(async () => {
  folder = temporaryFolder();
  await certify("server", [
    { type: 7, ip: "127.0.0.1" },
    { type: 2, value: "localhost" },
  ]);
  await certify("elsewhere", [{ type: 2, value: "elsewhere" }]);
  await certify("client", [{ type: 2, value: "client" }]);
  open = await tlsServer("server", "no");
  elsewhere = await tlsServer("elsewhere", "no");
  closed = await tlsServer("server", "yes");
});
afterAll(async () => {
  for (const server of [open, elsewhere, closed]) await server?.stop();
  folder.remove();
});

const certificate = (name: string) => folder.path(`${name}.crt`);
const key = (name: string) => folder.path(`${name}.key`);

async function certify(name: string, altNames: ({ type: 7; ip: string } | { type: 2; value: string })[]) {
  const pem = await generate([{ name: "commonName", value: name }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames },
    ],
  });
  writeFileSync(certificate(name), pem.cert);
  writeFileSync(key(name), pem.private);
}

/** @param asks whether clients are to show a certificate. */
async function tlsServer(name: string, asks: "yes" | "no"): Promise<TlsServer> {
  const tlsPort = await freePort();
  const files = ["--tls-cert-file", certificate(name), "--tls-key-file", key(name)];
  const clients = ["--tls-ca-cert-file", certificate("client"), "--tls-auth-clients", asks];
  return { ...(await startRedis("--tls-port", `${tlsPort}`, ...files, ...clients)), tlsPort };
}

function brokenCertificate(): string {
  writeFileSync(certificate("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  return certificate("broken");
}

/** What is wrong with a Redis of these settings; nothing where it can be used. */
async function problemOf(env: Record<string, string>): Promise<string> {
  try {
    const cache = new RedisCache(readRedisSettings(new Given({}, { REDIS_PATIENCE: "0", ...env })));
    await cache.ready(() => {}).finally(() => cache.close());
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(["127.0.0.1", "localhost"])(
  "a Redis at %s is believed by the authority that REDIS_CA names",
  async (host) => {
    const REDIS_CA = certificate("server");
    expect(await problemOf({ REDIS_URL: `rediss://${host}:${open.tlsPort}`, REDIS_CA })).toBe("");
    const parts = { REDIS_HOST: host, REDIS_PORT: `${open.tlsPort}`, REDIS_TLS: "true" };
    expect(await problemOf({ ...parts, REDIS_CA })).toBe("");
  },
);

test("a certificate that is not believed says which setting changes it", async () => {
  const REDIS_URL = `rediss://127.0.0.1:${open.tlsPort}`;
  expect(await problemOf({ REDIS_URL })).toMatch(/\(name the file of its certificate authority in REDIS_CA\)$/);
  expect(await problemOf({ REDIS_URL, REDIS_CA: certificate("client") })).toMatch(
    /\(REDIS_CA has another certificate authority than its own\)$/,
  );
  const other = { REDIS_URL: `rediss://127.0.0.1:${elsewhere.tlsPort}`, REDIS_CA: certificate("elsewhere") };
  expect(await problemOf(other)).toMatch(/\(name Redis as its certificate does\)$/);
});

test("a Redis that wants to be shown a certificate is shown that of REDIS_CERT", async () => {
  const env = { REDIS_URL: `rediss://127.0.0.1:${closed.tlsPort}`, REDIS_CA: certificate("server") };
  expect(await problemOf(env)).toMatch(/\(it wants to be shown a certificate: REDIS_CERT and REDIS_KEY\)$/);
  expect(await problemOf({ ...env, REDIS_CERT: certificate("client"), REDIS_KEY: key("client") })).toBe("");
});

test("TLS at a port without it, and none at a port with it, is named", async () => {
  expect(await problemOf({ REDIS_URL: `redis://127.0.0.1:${open.tlsPort}` })).toMatch(
    /\(does it want TLS at this port\? REDIS_TLS=true\)$/,
  );
  expect(await problemOf({ REDIS_URL: `rediss://127.0.0.1:${open.port}` })).toMatch(
    /\(does it speak TLS at this port\? REDIS_TLS\)$/,
  );
});

test.each<[string, () => Record<string, string>, RegExp]>([
  ["is not there", () => ({ REDIS_CA: "/nowhere.pem" }), /^REDIS_CA: \/nowhere\.pem cannot be read: ENOENT/],
  ["is no certificate", () => ({ REDIS_CA: key("client") }), /^REDIS_CA: .* holds no certificate in PEM$/],
  [
    "is a broken certificate",
    () => ({ REDIS_CA: brokenCertificate() }),
    /^REDIS_CA: .* holds a certificate that cannot be read$/,
  ],
  ["has no key", () => ({ REDIS_CERT: certificate("client") }), /^REDIS_CERT and REDIS_KEY go together/],
  [
    "has the key of another one",
    () => ({ REDIS_CERT: certificate("client"), REDIS_KEY: key("server") }),
    /^REDIS_KEY: .* is not the key of the certificate in REDIS_CERT, or has a password$/,
  ],
])("a file that %s is refused before anything is opened", async (_, files, words) => {
  expect(await problemOf({ REDIS_URL: "rediss://127.0.0.1:1", ...files() })).toMatch(words);
});

test("files for TLS without TLS are refused, and are not left out in silence", async () => {
  expect(await problemOf({ REDIS_CA: certificate("client") })).toMatch(/^REDIS_CA is of TLS, which is not used/);
});

test("Deno believes the same, and shows the same", async () => {
  const env = {
    REDIS_URL: `rediss://127.0.0.1:${closed.tlsPort}`,
    ...{ REDIS_CA: certificate("server"), REDIS_CERT: certificate("client"), REDIS_KEY: key("client") },
  };
  expect((await forecast(["status"], { env, program: ON_DENO })).stderr).toContain("the cache holds no last run");
});
