import { Redis } from "ioredis";
import { CacheError } from "../cache.ts";
import { type Access, CERTIFICATE_PROBLEM, hintFor } from "./access.ts";
import { type Address, shown } from "./address.ts";

const SILENCE_LIMIT_MS = 10_000;

/** Refusals after which the same command may succeed: loading, failover, a script or a resharding under way. */
const PASSING_REFUSAL =
  /^(LOADING|READONLY|NOREPLICAS|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|ERR max number of clients)\b/;
/** The user may not do it, or the server, or a proxy before it, does not know it. */
const DENIAL = /^(NOPERM\b|ERR (unknown|unsupported) command|ERR command .*not allowed)/i;
/** Another node has the key now, which whoever asks the cluster anew is told. */
const ELSEWHERE = /^(MOVED|ASK) /;

/** Redis lets everybody in, and says that a password makes no sense. */
const NO_PASSWORD_NEEDED = /no password is set|without any password configured/;

/** Redis repeats what an unknown command was given, such as a document. */
const REPEATED_ARGUMENTS = /, with args beginning with: .*/s;

const LEAST_REPEATED = 4;

/** A command by its name; where it has a key, that is the first argument. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/** `answered` is to be told of each answer but the last, so that a slow Redis is not taken for a silent one. */
type Commands<Result> = (client: Redis, answered: () => void) => Promise<Result>;

/**
 * A connection that has logged in and is in its database. It says nothing but AUTH and SELECT of its own (RESP2, no
 * HELLO, no CLIENT, no INFO), so that proxies and restricted users can be served.
 */
export class RedisConnection {
  readonly address: Address;
  readonly #access: Access;
  readonly #client: Redis;
  /** The reason of a lost connection, which commands only call closed. */
  #reason: Error | undefined;
  #hasAnswered = false;

  private constructor(address: Address, access: Access) {
    this.address = address;
    this.#access = access;
    this.#client = new Redis({
      ...address,
      ...(access.tls ? { tls: { ...access.certificates } } : {}),
      protocol: 2,
      disableClientInfo: true,
      enableReadyCheck: false,
      lazyConnect: true,
      connectTimeout: SILENCE_LIMIT_MS,
      // Whoever uses the connection tries again, knowing what a repeated command costs.
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
    });
    this.#client.on("error", (error) => {
      this.#reason ??= error;
    });
  }

  /** @throws CacheError when Redis does not answer, or does not let us in or into the database. */
  static async open(address: Address, access: Access): Promise<RedisConnection> {
    const connection = new RedisConnection(address, access);
    try {
      await connection.#ask(async (client) => {
        await client.connect();
        await connection.#login();
        await connection.#select();
      });
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** @throws CacheError when the command is refused, the connection is lost, or nothing is answered for ten seconds. */
  async command(name: string, ...args: (string | number)[]): Promise<unknown> {
    const answer = await this.#ask((client) => client.call(name, ...args));
    this.#hasAnswered = true;
    return answer;
  }

  async #ask<Result>(commands: Commands<Result>): Promise<Result> {
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error(`no answer for ${SILENCE_LIMIT_MS / 1000} s`));
    }, SILENCE_LIMIT_MS);
    try {
      return await Promise.race([commands(this.#client, () => timer.refresh()), silence]);
    } catch (error) {
      throw this.#error(error as Error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns for each command its answer or its error; a lost connection is an error of all that were not answered. */
  async pipeline(commands: readonly Command[]): Promise<unknown[]> {
    const answers = new Map<number, unknown>();
    const lost = await this.#ask((client, answered) => {
      const watched = commands.map((command, i) => [
        ...command,
        (error: Error | null | undefined, answer: unknown) => {
          answers.set(i, error ? this.#error(error) : answer);
          answered();
        },
      ]);
      return client.pipeline(watched).exec();
    }).then(
      () => undefined,
      (error: CacheError) => error,
    );
    return commands.map((_, i) => (answers.has(i) ? answers.get(i) : lost));
  }

  /** What is still under way ends with an error. */
  close(): void {
    this.#client.disconnect();
  }

  /**
   * The error of a command as one of the cache, in the server's words and without the password.
   *
   * @param what was tried, where that is not plain.
   */
  #error(error: Error, what?: string): CacheError {
    if (error instanceof CacheError) return error;
    const { password, as } = this.#access;
    const cause = isRefusal(error) ? error : (this.#reason ?? error);
    // What a server says before it was asked, such as that it has too many clients, is told by ioredis in this way.
    const [, unasked] = /Last reply: (?:ReplyError: )?(.+)/s.exec(cause.message) ?? [];
    const words = (unasked ?? (cause.message || String(cause))).replace(REPEATED_ARGUMENTS, "");
    const hint = hintFor(words, this.address, this.#access, this.#hasAnswered);
    const isSaid = unasked !== undefined || isRefusal(cause);
    const isPassing = PASSING_REFUSAL.test(words) || (as === "node" && ELSEWHERE.test(words));
    const start = `${this.#name}: ${what === undefined ? "" : `${what}: `}`;
    // The driver's error is no cause of ours: it holds the arguments of its command, a password among them.
    return new CacheError(`${start}${withoutPassword(words, password)}${hint === undefined ? "" : ` (${hint})`}`, {
      passing: (!isSaid && !isLasting(cause, words)) || isPassing,
      denied: DENIAL.test(words),
    });
  }

  get #name(): string {
    return `${this.#access.as === "sentinel" ? "Sentinel" : "Redis"} ${shown(this.address)}`;
  }

  async #login(): Promise<void> {
    const { username, password } = this.#access;
    if (password === undefined) return;
    try {
      await (username === undefined ? this.#client.auth(password) : this.#client.auth(username, password));
    } catch (error) {
      const { message } = error as Error;
      if (NO_PASSWORD_NEEDED.test(message)) return;
      if (!isRefusal(error as Error) || !repeats(message, password)) throw error;
      throw new CacheError(
        `${this.#name}: AUTH was refused in words that repeat the password, which are not shown ` +
          `(${hintFor("WRONGPASS", this.address, this.#access, false)})`,
        { passing: PASSING_REFUSAL.test(message) },
      );
    }
  }

  async #select(): Promise<void> {
    const { database } = this.#access;
    if (database === 0) return;
    await this.#client.select(database).catch((error: Error) => {
      throw this.#error(error, isRefusal(error) ? `database ${database} cannot be used (REDIS_DB)` : undefined);
    });
  }
}

/** Whether Redis itself refused the command, as opposed to a lost connection or no answer. */
function isRefusal(error: Error): boolean {
  return error.name === "ReplyError";
}

/** A certificate that is not trusted now will not be a little later, nor will a socket of somebody else's open. */
function isLasting(cause: Error, words: string): boolean {
  return CERTIFICATE_PROBLEM.test(words) || (cause as NodeJS.ErrnoException).code === "EACCES";
}

function withoutPassword(words: string, password: string | undefined): string {
  return password ? words.replaceAll(password, "********") : words;
}

/** Whether a part of the password stands in the words: servers shorten what they repeat. */
function repeats(words: string, password: string): boolean {
  const [heard, secret] = [words.toLowerCase(), password.toLowerCase()];
  const length = Math.min(LEAST_REPEATED, secret.length);
  return Array.from({ length: secret.length - length + 1 }, (_, i) => secret.slice(i, i + length)).some((part) =>
    heard.includes(part),
  );
}
