import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates } from "node:tls";
import sql from "mssql";
import { LoginRefusal, type ServerMessage, type UnsafeServer } from "./errors.ts";
import { assertSafe, beforeLogin, breakOnGarbage, type DriverConnection } from "./guards.ts";
import type { SqlServerSettings } from "./settings.ts";

/** Large answers take fewer packets of this size; TLS cannot hold more than 16,383 in one record. */
const PACKET_BYTES = 16_000;
const CONNECT_LIMIT_MS = 15_000;
const CLOSE_LIMIT_MS = 2000;
/** TLS takes no address as a server's name, and the driver would offer it one. */
const NO_NAME = "sqlserver";

/** A connection to a server, which is asked for one thing at a time. */
export class ServerConnection {
  readonly #pool: sql.ConnectionPool;
  readonly #connections = new Set<DriverConnection>();
  /** What the server said of the last login. */
  #said: ServerMessage[] = [];
  #unsafe: UnsafeServer | undefined;

  constructor(settings: SqlServerSettings) {
    const { host, port, instance, database, user, password, queryTimeoutSeconds } = settings;
    const { encrypt, trustServerCertificate, readOnlyIntent = false } = settings;
    // With TLS before anything else the driver itself makes sure of an address.
    const isChecked = encrypt === "strict" || isIP(host) === 0;
    this.#pool = new sql.ConnectionPool({
      server: host,
      ...(instance === undefined ? { port } : {}),
      database,
      user,
      password,
      connectionTimeout: CONNECT_LIMIT_MS,
      requestTimeout: queryTimeoutSeconds * 1000,
      pool: { max: 1, min: 0 },
      // A statement of the driver's own before each of ours would wait as long as ours.
      validateConnection: "socket",
      beforeConnect: (connection) => this.#watch(connection, settings),
      options: {
        appName: "forecast",
        packetSize: PACKET_BYTES,
        // The types of the driver's wrapper know no strict, which it hands on.
        encrypt: encrypt as boolean,
        trustServerCertificate: trustServerCertificate || !isChecked,
        maxRetriesOnTransientErrors: 0,
        readOnlyIntent,
        ...(instance === undefined ? {} : { instanceName: instance }),
        ...(isChecked ? {} : { serverName: NO_NAME }),
        ...(encrypt ? { cryptoCredentialsDetails: credentials(settings) } : {}),
      },
    });
    // What goes wrong between two reads shows at the next one; unheard, the event would end the thread.
    this.#pool.on("error", () => {});
  }

  /** Does nothing where it is open. */
  async open(): Promise<void> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    // The driver's own limit does not end a login whose answer breaks off.
    const limit = 2 * CONNECT_LIMIT_MS;
    const timer = setTimeout(() => reject(new sql.ConnectionError(`no login in ${limit / 1000} s`, "ETIMEOUT")), limit);
    await Promise.race([this.#pool.connect(), tooLate]).finally(() => clearTimeout(timer));
  }

  request(): sql.Request {
    return this.#pool.request();
  }

  /** What opening or a request failed of: either may log in, and the driver keeps to itself what the server says of that. */
  causeOf(error: unknown): unknown {
    const isLogin = (error as { code?: string }).code === "ELOGIN";
    return isLogin && this.#said.length > 0 ? new LoginRefusal(this.#said) : (this.#unsafe ?? error);
  }

  /** Ends at once what is under way. */
  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    await Promise.race([this.#pool.close().catch(() => {}), sleep(CLOSE_LIMIT_MS, undefined, { ref: false })]);
  }

  #watch(connection: DriverConnection, settings: SqlServerSettings): void {
    this.#connections.add(connection);
    this.#said = [];
    this.#unsafe = undefined;
    connection.on("end", () => this.#connections.delete(connection));
    connection.on("errorMessage", (message: ServerMessage) => this.#said.push(message));
    try {
      breakOnGarbage(connection);
      beforeLogin(connection, (encrypted, routedTo) => this.#look(encrypted, settings, routedTo));
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  #look(...server: Parameters<typeof assertSafe>): void {
    try {
      assertSafe(...server);
    } catch (error) {
      this.#unsafe = error as UnsafeServer;
      throw error;
    }
  }
}

function credentials({ trustServerCertificate, certificates: { ca, cert, key } = {} }: Partial<SqlServerSettings>) {
  return {
    ...(trustServerCertificate ? {} : { ca: ca ?? authorities() }),
    ...(cert === undefined ? {} : { cert, key }),
  };
}

/** Authorities that the runtime brings along, and those of this machine. */
function authorities(): string[] {
  return [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}
