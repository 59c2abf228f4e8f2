import type { Socket } from "node:net";
import type { Passing } from "../parts/proxy.ts";
import { RespReader, wordsOf } from "./resp.ts";

/** What a proxy breaks. Each strikes once, unless it is said to strike each connection. */

const NOTHING = Buffer.alloc(0);

/** A reply of Redis, and what it answers. */
export interface Reply {
  /** From 0, over all connections. */
  readonly index: number;
  readonly command: string;
  readonly key: string | undefined;
}

/** What becomes of a reply: it passes, other bytes come in its place, the connection ends before it, or falls silent. */
export type Fate = "pass" | "cut" | "stall" | Buffer;

/** A command that changes nothing and is answered, whatever its sender may do. */
const HARMLESS = Buffer.from("*1\r\n$4\r\nPING\r\n");

/** @param decide what becomes of each reply. A command that gets another one is not done; one whose reply is lost is. */
export function replies(decide: (reply: Reply) => Fate): Passing {
  let index = 0;
  const connections = new Map<number, Connection>();
  const at = (number: number) => {
    const known = connections.get(number) ?? new Connection();
    connections.set(number, known);
    return known;
  };
  return {
    commands(data, number) {
      const { commands, fates } = at(number);
      const passed = commands.push(data).map((words) => {
        const [command = "", key] = wordsOf(words);
        const fate = decide({ index: index++, command, key });
        fates.push(fate);
        return fate instanceof Buffer ? HARMLESS : words;
      });
      return Buffer.concat(passed);
    },
    answers(data, number, client) {
      const connection = at(number);
      const passed: Buffer[] = [];
      for (const reply of connection.replies.push(data)) {
        if (connection.isOver) break;
        const fate = connection.fates.shift() ?? "pass";
        connection.isOver = fate === "cut" || fate === "stall";
        if (fate === "cut") end(client);
        if (!connection.isOver) passed.push(fate instanceof Buffer ? fate : reply);
      }
      return Buffer.concat(passed);
    },
  };
}

class Connection {
  readonly commands = new RespReader();
  readonly replies = new RespReader();
  /** Of replies that are still to come. */
  readonly fates: Fate[] = [];
  isOver = false;
}

/** A reply that says no. */
export function refusal(words: string): Buffer {
  return Buffer.from(`-${words}\r\n`);
}

/** A reply that makes no sense. */
export const GARBAGE = Buffer.from("\x0bOK\r\n");

/** The connection ends after so many bytes of answers, over all connections. */
export function cutAfter(bytes: number): Passing {
  return {
    answers: once(bytes, (before, _after, client) => {
      end(client);
      return before;
    }),
  };
}

/** The connection falls silent after so many bytes of answers; later ones do not. */
export function stallAfter(bytes: number): Passing {
  const silent = new Set<number>();
  const answers = once(bytes, (before, _after, _client, number) => {
    silent.add(number);
    return before;
  });
  return { answers: (data, number, client) => (silent.has(number) ? NOTHING : answers(data, number, client)) };
}

/** A bit is turned after so many bytes of answers. */
export function turnBitAfter(bytes: number): Passing {
  return {
    answers: once(bytes, (before, after) =>
      Buffer.concat([before, Buffer.from([after[0]! ^ 0x20]), after.subarray(1)]),
    ),
  };
}

/** What each client says after so many bytes goes nowhere. */
export function swallowAfter(bytes: number): Passing {
  const taken = new Map<number, number>();
  return {
    commands(data, number) {
      const before = taken.get(number) ?? 0;
      taken.set(number, before + data.length);
      return data.subarray(0, Math.max(0, bytes - before));
    },
  };
}

/** Splits the chunk in which byte number `bytes` stands, once. */
function once(
  bytes: number,
  strike: (before: Buffer, after: Buffer, client: Socket, connection: number) => Buffer,
): NonNullable<Passing["answers"]> {
  let seen = 0;
  return (data, connection, client) => {
    const at = bytes - seen;
    seen += data.length;
    if (at < 0 || at >= data.length) return data;
    return strike(data.subarray(0, at), data.subarray(at), client, connection);
  };
}

/** After what was written before. */
function end(client: Socket): void {
  setImmediate(() => client.destroy());
}
