import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { addCatalog, type DatabaseOptions } from "./catalog.ts";
import type { FaultPlan } from "./faults.ts";
import { MESSAGE, type Message, MessageReader, MessageWriter } from "./packets.ts";
import { parseBatch, parseLogin, parseRpc, type Request } from "./requests.ts";
import { encoderFor, type Value } from "./rows.ts";
import { done, type ErrorToken, error, loginAccepted, preloginAnswer, routed } from "./tokens.ts";
import { dateColumns, jsonOfXml, refusalOf, toSqlite, toSqlServerError } from "./translate.ts";

export interface SessionOptions extends DatabaseOptions {
  /** SQLite file with the orders. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly faults: FaultPlan;
  /** Told every statement that is run. */
  readonly onStatement: (sql: string) => void;
  /** Told every password that is offered. */
  readonly onLogin: (password: string) => void;
  /** Where clients that only read are sent. */
  readonly routesReadersTo?: { readonly host: string; readonly port: number };
}

const ROWS_PER_WRITE = 2000;
const FATAL_CLASS = 20;

/** Answers one client, from its login to its end; `first` is what was read before the session began. */
export function serve(socket: Duplex, options: SessionOptions, first?: Buffer): void {
  const session = new Session(socket, options);
  const reader = new MessageReader();
  let queue = Promise.resolve();
  const take = (chunk: Buffer) => {
    for (const message of reader.push(chunk)) {
      if (message.type === MESSAGE.attention) session.cancel();
      queue = queue
        .then(() => session.answer(message))
        .catch(() => {
          socket.destroy();
        });
    }
  };
  socket
    .on("data", take)
    .on("error", () => {})
    .on("close", () => session.close());
  if (first) take(first);
}

class Session {
  readonly #socket: Duplex;
  readonly #options: SessionOptions;
  #orders: DatabaseSync | undefined;
  #packetBytes = 4096;
  #cancelled = Promise.withResolvers<void>();

  constructor(socket: Duplex, options: SessionOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Ends an answer that has fallen silent. */
  cancel(): void {
    this.#cancelled.resolve();
  }

  close(): void {
    this.#cancelled.resolve();
    this.#orders?.close();
    this.#orders = undefined;
  }

  async answer({ type, data }: Message): Promise<void> {
    if (this.#options.faults.acceptOnly) return;
    if (type === MESSAGE.attention) return this.#send(done("batch", { attention: true }));
    if (type === MESSAGE.prelogin) return this.#send(preloginAnswer(false));
    if (type === MESSAGE.login) return this.#logIn(data);
    if (type === MESSAGE.batch) return this.#run(parseBatch(data), "batch");
    if (type === MESSAGE.rpc) return this.#run(parseRpc(data), "procedure");
    throw new Error(`a message of type ${type} is not known here`);
  }

  async #logIn(data: Buffer): Promise<void> {
    const { user, password, database, packetBytes, readsOnly } = parseLogin(data);
    const { routesReadersTo } = this.#options;
    this.#options.onLogin(password);
    const wrong = { number: 18456, message: `Login failed for user '${user}'.`, severity: 14 };
    const isRight = user === this.#options.user && password === this.#options.password;
    const refusals = isRight ? this.#options.faults.loginErrors() : [wrong];
    if (refusals.length > 0) {
      await this.#send(Buffer.concat([...refusals.map(error), done("batch", { failed: true })]));
      this.#socket.end();
      return;
    }
    if (readsOnly && routesReadersTo) return this.#send(loginAccepted(database, packetBytes, routed(routesReadersTo)));
    this.#orders = new DatabaseSync(":memory:");
    this.#orders.prepare("ATTACH DATABASE ? AS dbo").run(this.#options.database);
    addCatalog(this.#orders, this.#options);
    this.#orders.exec("PRAGMA query_only = ON");
    // A database server keeps its tables in memory.
    this.#orders.exec("PRAGMA dbo.mmap_size = 8000000000");
    await this.#send(loginAccepted(database, packetBytes));
    this.#packetBytes = packetBytes;
  }

  async #run({ sql, parameters: given }: Request, to: "batch" | "procedure"): Promise<void> {
    const parameters = Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        return [name, typeof value === "string" && sql.includes(".nodes(") ? jsonOfXml(value) : value];
      }),
    );
    if (/^\s*set /i.test(sql)) return this.#send(done(to, {}));
    this.#options.onStatement(sql);
    this.#cancelled = Promise.withResolvers();
    await Promise.race([sleep(this.#options.faults.delayMs(sql)), this.#cancelled.promise]);
    if (this.#options.faults.endsInsteadOf(sql)) {
      this.#socket.end();
      return;
    }
    const planned = this.#options.faults.error(sql);
    if (planned) return this.#fail(planned, to);
    const refusal = refusalOf(sql, this.#options);
    if (refusal) return this.#fail(refusal, to);
    if (this.#comparesTextWithNumbers(parameters)) {
      return this.#fail({ number: 8114, message: "Error converting data type nvarchar to bigint." }, to);
    }
    let names: string[];
    let rows: Value[][];
    try {
      const statement = this.#orders!.prepare(toSqlite(sql));
      statement.setReturnArrays(true);
      names = statement.columns().map(({ name }) => String(name));
      rows = allRows(statement, parameters);
    } catch (cause) {
      return this.#fail(toSqlServerError(cause instanceof Error ? cause.message : String(cause)), to);
    }
    await this.#sendRows(names, rows, dateColumns(sql), to);
  }

  /** Where ids are integers SQL Server fails at any other id that is compared with them; SQLite does not. */
  #comparesTextWithNumbers({ product_ids: ids }: Request["parameters"]): boolean {
    const column = this.#orders!.prepare(
      "SELECT type FROM pragma_table_info('OrderItem', 'dbo') WHERE name = 'ProductID'",
    );
    if (typeof ids !== "string" || column.get()?.type !== "INTEGER") return false;
    return (JSON.parse(ids) as string[]).some((id) => !/^\s*[-+]?\d+\s*$/.test(id));
  }

  async #sendRows(names: string[], rows: Value[][], dates: Set<string>, to: "batch" | "procedure"): Promise<void> {
    const fault = this.#options.faults.afterRows(rows.length);
    const encoder = encoderFor(names, rows, dates);
    const writer = new MessageWriter(this.#socket, { packetBytes: this.#packetBytes });
    await writer.write(encoder.columns);
    const sent = fault ? fault.rows : rows.length;
    const { pause } = this.#options.faults;
    const step = pause?.rows ?? ROWS_PER_WRITE;
    for (let first = 0; first < sent; first += step) {
      await writer.write(encoder.rows(rows.slice(first, Math.min(sent, first + step))));
      if (pause) await Promise.all([writer.flush(), sleep(pause.ms)]);
    }
    if (!fault) return writer.end(done(to, { rows: rows.length }));
    await writer.flush();
    if (fault.what === "drop") {
      this.#socket.destroy();
      return;
    }
    await this.#cancelled.promise;
    await writer.end();
  }

  async #fail(token: ErrorToken, to: "batch" | "procedure"): Promise<void> {
    await this.#send(Buffer.concat([error(token), done(to, { failed: true })]));
    if ((token.severity ?? 0) >= FATAL_CLASS) this.#socket.end();
  }

  #send(data: Buffer): Promise<void> {
    return new MessageWriter(this.#socket, { packetBytes: this.#packetBytes }).end(data);
  }
}

/** Integers as numbers, which is faster, or all as bigint where one has no exact number. */
function allRows(statement: StatementSync, parameters: Request["parameters"]): Value[][] {
  try {
    return statement.all(parameters) as unknown as Value[][];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    statement.setReadBigInts(true);
    return statement.all(parameters) as unknown as Value[][];
  }
}
