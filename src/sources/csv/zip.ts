import { Unzip, UnzipInflate } from "fflate";

/** A file in an archive; its bytes are to be read before the next one is asked for. */
export interface Member {
  readonly name: string;
  readonly bytes: AsyncGenerator<Buffer>;
}

type Event = { readonly begins: string } | { readonly bytes: Uint8Array } | "ends";

/** What systems leave beside the files of a user. */
const NO_FILE = /\/$|(?:^|\/)(?:\.[^/]*|__MACOSX\/.*)$/;

/**
 * The files in a ZIP archive, one after the other as its bytes come.
 *
 * @throws Error for damaged data, a password, or another way to compress than the usual one.
 */
export async function* membersOf(archive: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const events = eventsOf(archive);
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const event = next.value;
    if (typeof event === "object" && "begins" in event)
      yield { name: event.begins, bytes: contentOf(event.begins, events) };
  }
}

async function* contentOf(name: string, events: AsyncGenerator<Event>): AsyncGenerator<Buffer> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const event = next.value;
    if (event === "ends") return;
    if ("bytes" in event) yield Buffer.from(event.bytes.buffer, event.bytes.byteOffset, event.bytes.length);
  }
  throw new Error(`it breaks off within ${name}`);
}

async function* eventsOf(archive: AsyncIterable<Buffer>): AsyncGenerator<Event> {
  const events: Event[] = [];
  const unzip = new Unzip((file) => {
    if (NO_FILE.test(file.name)) return;
    events.push({ begins: file.name });
    file.ondata = (error, bytes, isLast) => {
      if (error) throw error;
      if (bytes.length > 0) events.push({ bytes });
      if (isLast) events.push("ends");
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const push = (chunk: Uint8Array, isLast: boolean) => {
    try {
      unzip.push(chunk, isLast);
    } catch (cause) {
      throw new Error(`damaged ZIP data, or such with a password (${(cause as Error).message})`, { cause });
    }
    return events.splice(0);
  };
  for await (const chunk of archive) yield* push(chunk, false);
  yield* push(new Uint8Array(), true);
}
