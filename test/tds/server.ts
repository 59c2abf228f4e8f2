import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, isIP, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { generate } from "selfsigned";
import type { DatabaseOptions } from "./catalog.ts";
import { FaultPlan, type Faults } from "./faults.ts";
import { MESSAGE, MessageReader, MessageWriter } from "./packets.ts";
import { type SessionOptions, serve } from "./session.ts";
import { preloginAnswer } from "./tokens.ts";

export interface TdsServerOptions extends DatabaseOptions {
  /** SQLite file with the orders. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly encrypt?: boolean;
  readonly port?: number;
  /** Names and addresses that the certificate is for. */
  readonly certifiedFor?: readonly string[];
  /** Of this machine's own. */
  readonly address?: string;
  /** The name by which a SQL Server Browser at the same address tells the port. */
  readonly instance?: string;
  /** Where clients that only read are sent. */
  readonly routesReadersTo?: { readonly host: string; readonly port: number };
}

export interface TdsServer {
  readonly port: number;
  /** PEM, for clients that check it. */
  readonly certificate: string;
  /** Every statement that was run. */
  readonly statements: readonly string[];
  /** The password of every login, whether it was let in or not. */
  readonly passwords: readonly string[];
  /** How many clients are connected. */
  connections(): number;
  /** What all clients were sent, encrypted or not. */
  bytesSent(): number;
  setFaults(faults: Faults): void;
  /** Whether one of these has happened. */
  hasStruck(fault: keyof Faults): boolean;
  /** Ends all connections and takes none, until what it gives is called. */
  shutDown(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The first byte of TLS, RFC 8446 5.1: a client of TDS 8 begins with it. */
const HANDSHAKE = 0x16;
const BROWSER_PORT = 1434;

/**
 * A stand-in for SQL Server that speaks TDS 7.4 ([MS-TDS]): logins, batches and sp_executesql, encrypted as the real one
 * or not, answered by SQLite.
 */
export async function startTdsServer(options: TdsServerOptions): Promise<TdsServer> {
  const { encrypt = true, certifiedFor = ["localhost"], address = "127.0.0.1", instance } = options;
  const faults = new FaultPlan();
  const statements: string[] = [];
  const passwords: string[] = [];
  const session: SessionOptions = {
    ...options,
    faults,
    onStatement: (sql) => statements.push(sql),
    onLogin: (password) => passwords.push(password),
  };
  const { cert: certificate, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: certifiedFor.map(altName) },
    ],
  });

  // TLS ends in a server of its own. In TDS 7 its handshake travels in packets, for which clients know only TLS 1.2.
  const tls = createTlsServer({ cert: certificate, key, maxVersion: "TLSv1.2", ALPNProtocols: ["tds/8.0"] }, (socket) =>
    serve(socket, session),
  );
  const tlsPort = await listening(tls, 0, "127.0.0.1");

  const clients = new Set<Socket>();
  let sentBefore = 0;
  const connected = (client: Socket) => {
    clients.add(client.on("error", () => {}));
    client.on("close", () => {
      clients.delete(client);
      sentBefore += client.bytesWritten;
    });
    if (faults.acceptOnly) return;
    turnBits(client, faults);
    client.once("data", async (hello: Buffer) => {
      if (encrypt && hello[0] === HANDSHAKE) return passOn(client, tlsPort, hello);
      await new MessageWriter(client).end(preloginAnswer(encrypt));
      if (encrypt) throughTls(client, tlsPort);
      else serve(client, session, hello.subarray(hello.readUInt16BE(2)));
    });
  };
  let server = createServer(connected);
  const port = await listening(server, options.port ?? 0, address);
  const browser = instance === undefined ? undefined : await startBrowser(address, instance, port);

  return {
    port,
    certificate,
    statements,
    passwords,
    connections: () => clients.size,
    bytesSent: () => [...clients].reduce((sum, { bytesWritten }) => sum + bytesWritten, sentBefore),
    setFaults: (planned) => faults.set(planned),
    hasStruck: (fault) => faults.hasStruck(fault),
    shutDown: async () => {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.destroy();
      await closed;
      return async () => {
        server = createServer(connected);
        await listening(server, port, address);
      };
    },
    close: async () => {
      for (const client of clients) client.destroy();
      server.close();
      tls.close();
      browser?.close();
    },
  };
}

/** What is sent to the client from now on passes the plan first. */
function turnBits(client: Socket, faults: FaultPlan): void {
  const write = client.write.bind(client) as (chunk: Buffer) => boolean;
  client.write = (chunk: Buffer) => write(faults.withTurnedBit(chunk));
}

/** Connects a client with the TLS server: unwraps the handshake, and passes on what follows as it is. */
function throughTls(client: Socket, tlsPort: number): void {
  const inner = connect(tlsPort, "127.0.0.1");
  const reader = new MessageReader();
  let handshaking = true;
  client.on("data", (chunk: Buffer) => {
    if (handshaking && chunk[0] !== MESSAGE.prelogin) handshaking = false;
    if (!handshaking) {
      if (!inner.write(chunk)) client.pause();
      return;
    }
    for (const { data } of reader.push(chunk)) inner.write(data);
  });
  inner.on("drain", () => client.resume());
  inner.on("data", (chunk: Buffer) => {
    if (handshaking) new MessageWriter(client, { type: MESSAGE.prelogin }).end(chunk);
    else if (!client.write(chunk)) inner.pause();
  });
  client.on("drain", () => inner.resume());
  inner.on("error", () => client.destroy()).on("close", () => client.destroySoon());
  client.on("close", () => inner.destroy());
}

/** Connects a client that begins with TLS. @param first what it has sent already. */
function passOn(client: Socket, tlsPort: number, first: Buffer): void {
  const inner = connect(tlsPort, "127.0.0.1");
  inner.write(first);
  client.pipe(inner).pipe(client);
  inner.on("error", () => client.destroy());
  client.on("close", () => inner.destroy());
}

/** Answers whoever asks for all instances of this machine, [MS-SQLR] 2.2.5. */
async function startBrowser(address: string, instance: string, port: number): Promise<UdpSocket> {
  const browser = createSocket("udp4");
  browser.on("message", (_, client) => {
    const told = `ServerName;HERE;InstanceName;${instance};IsClustered;No;Version;16.0.1000.6;tcp;${port};;`;
    const head = Buffer.from([0x05, told.length & 0xff, told.length >> 8]);
    browser.send(Buffer.concat([head, Buffer.from(told)]), client.port, client.address);
  });
  browser.bind(BROWSER_PORT, address);
  await once(browser, "listening");
  return browser;
}

function altName(value: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(value) === 0 ? { type: 2, value } : { type: 7, ip: value };
}

async function listening(server: Server, port: number, address: string): Promise<number> {
  server.listen(port, address);
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}
