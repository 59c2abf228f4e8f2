import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_DENO } from "../parts/program.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer, type TdsServer } from "../tds/server.ts";

const AUTHORITIES_OF_DEBIAN = "/etc/ssl/certs/ca-certificates.crt";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(orderBook(steadyOrders(["1", "2"])));
});
afterAll(() => folder.remove());

async function withServer(certifiedFor: string, use: (server: TdsServer) => Promise<void>, encrypt = true) {
  const server = await startTdsServer({
    ...{ database, user: "planner", password: "s3cret", encrypt },
    certifiedFor: [certifiedFor],
  });
  writeFileSync(folder.path("authority.pem"), server.certificate);
  await use(server).finally(() => server.close());
}

function run({ port }: TdsServer, host: string, env: Record<string, string> = {}, program = binary()) {
  const database = environmentOf({ ...settingsFor(port), host });
  const args = ["run", "--dry-run", "--as-of", "2025-11-11", "--lock-file", folder.path("lock")];
  return forecast(args, { env: { ...database, DB_TRUST_SERVER_CERTIFICATE: "false", ...env }, program });
}

describe.each([
  ["the binary", binary()],
  ["Deno", ON_DENO],
])("a certificate, in %s,", (_name, program) => {
  const known = () => ({ NODE_EXTRA_CA_CERTS: folder.path("authority.pem") });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["localhost", "localhost"],
  ])("for %s is accepted of %s", async (certifiedFor, host) => {
    await withServer(certifiedFor, async (server) => {
      expect(await run(server, host, known(), program)).toMatchObject({ exitCode: 0 });
    });
  });

  test.each([
    ["sqlserver", "127.0.0.1"],
    ["localhost", "127.0.0.1"],
    ["127.0.0.2", "127.0.0.1"],
    ["sqlserver", "localhost"],
  ])("for %s is refused of %s before the login, with what to do", async (certifiedFor, host) => {
    await withServer(certifiedFor, async (server) => {
      const { exitCode, stderr } = await run(server, host, known(), program);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: SQL Server .*does not match certificate.* \(name the server in DB_HOST as its certificate does.*\)\n$/,
      );
      expect(server.passwords).toEqual([]);
    });
  });

  test("that nobody vouches for is refused of an address, too", async () => {
    await withServer("127.0.0.1", async (server) => {
      const { exitCode, stderr } = await run(server, "127.0.0.1", {}, program);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /certificate is not trusted: .*\(install its certificate authority on this machine.*\)\n$/,
      );
      expect(server.passwords).toEqual([]);
    });
  });

  test("of an authority that is installed on the machine is accepted", async () => {
    await withServer("localhost", async (server) => {
      const authorities = `${readFileSync(AUTHORITIES_OF_DEBIAN, "utf8")}\n${server.certificate}`;
      writeFileSync(folder.path("ca-certificates.crt"), authorities);
      const env = { SSL_CERT_FILE: folder.path("ca-certificates.crt") };
      expect(await run(server, "localhost", env, program)).toMatchObject({ exitCode: 0 });
    });
  });
});

describe.each([
  ["the binary", binary(), "127.0.0.81"],
  ["Deno", ON_DENO, "127.0.0.82"],
])("%s", (_name, program, address) => {
  const believed = () => ({ DB_CA: folder.path("authority.pem") });

  test("believes the authority that DB_CA names, also with TLS before anything else", async () => {
    await withServer("localhost", async (server) => {
      expect(await run(server, "localhost", believed(), program)).toMatchObject({ exitCode: 0 });
      const strict = { ...believed(), DB_ENCRYPT: "strict" };
      expect(await run(server, "localhost", strict, program)).toMatchObject({ exitCode: 0 });
      const logins = server.passwords.length;
      const { exitCode, stderr } = await run(server, "127.0.0.1", strict, program);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("does not match") });
      expect(server.passwords).toHaveLength(logins);
    });
  });

  test("finds a named instance at an address, and lets a replica answer", async () => {
    const options = { database, user: "planner", password: "s3cret", address, certifiedFor: [address] };
    const replica = await startTdsServer(options);
    const routesReadersTo = { host: address, port: replica.port };
    const server = await startTdsServer({ ...options, instance: "SALES", routesReadersTo });
    writeFileSync(folder.path("authority.pem"), `${server.certificate}\n${replica.certificate}\n`);
    const env = { ...believed(), DB_PORT: "", DB_READ_ONLY_INTENT: "true" };
    const ended = await run(server, `${address}\\SALES`, env, program);
    await Promise.all([server.close(), replica.close()]);
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(server.statements).toEqual([]);
    expect(replica.statements.length).toBeGreaterThan(0);
  });
});

test("a server that refuses encryption is not told the password", async () => {
  await withServer(
    "localhost",
    async (server) => {
      for (const env of [{}, { DB_TRUST_SERVER_CERTIFICATE: "true" }]) {
        const { exitCode, stderr } = await run(server, "localhost", env);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(
          /^error: SQL Server localhost:\d+: .* refuses encryption \(DB_ENCRYPT=false sends .*\)\n$/,
        );
      }
      expect(server.passwords).toEqual([]);
      expect(await run(server, "localhost", { DB_ENCRYPT: "false" })).toMatchObject({ exitCode: 0 });
    },
    false,
  );
});
