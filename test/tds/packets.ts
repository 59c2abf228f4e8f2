import type { Duplex } from "node:stream";

/** Types of messages, [MS-TDS] 2.2.3.1.1. */
export const MESSAGE = { batch: 0x01, rpc: 0x03, answer: 0x04, attention: 0x06, login: 0x10, prelogin: 0x12 } as const;

const HEADER_BYTES = 8;
const END_OF_MESSAGE = 0x01;
const LEAST_PACKET_BYTES = 4096;

export interface Message {
  readonly type: number;
  readonly data: Buffer;
}

/** Puts packets together to messages as bytes come in. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /** @returns the messages that are complete now. */
  push(chunk: Buffer): Message[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const messages: Message[] = [];
    while (this.#bytes.length >= HEADER_BYTES) {
      const length = this.#bytes.readUInt16BE(2);
      if (this.#bytes.length < length) break;
      const [type, status] = this.#bytes;
      this.#parts.push(this.#bytes.subarray(HEADER_BYTES, length));
      this.#bytes = this.#bytes.subarray(length);
      if (status! & END_OF_MESSAGE) messages.push({ type: type!, data: Buffer.concat(this.#parts.splice(0)) });
    }
    return messages;
  }
}

/** Writes one message in packets, waiting where the reader is slower. */
export class MessageWriter {
  readonly #socket: Duplex;
  readonly #type: number;
  readonly #packetBytes: number;
  #number = 0;
  #pending: Buffer = Buffer.alloc(0);

  constructor(socket: Duplex, { type = MESSAGE.answer as number, packetBytes = LEAST_PACKET_BYTES } = {}) {
    this.#socket = socket;
    this.#type = type;
    this.#packetBytes = packetBytes;
  }

  async write(data: Buffer): Promise<void> {
    const bytes = Buffer.concat([this.#pending, data]);
    const room = this.#packetBytes - HEADER_BYTES;
    const packets: Buffer[] = [];
    let start = 0;
    for (; bytes.length - start > room; start += room) packets.push(this.#packet(bytes.subarray(start, start + room)));
    this.#pending = bytes.subarray(start);
    await this.#send(packets);
  }

  /** Sends what there is, so that a fault strikes after it. */
  async flush(): Promise<void> {
    await this.#send([this.#packet(this.#pending)]);
    this.#pending = Buffer.alloc(0);
  }

  async end(data: Buffer = Buffer.alloc(0)): Promise<void> {
    await this.write(data);
    await this.#send([this.#packet(this.#pending, END_OF_MESSAGE)]);
  }

  #packet(data: Buffer, status = 0): Buffer {
    const packet = Buffer.alloc(HEADER_BYTES + data.length);
    packet.writeUInt8(this.#type, 0);
    packet.writeUInt8(status, 1);
    packet.writeUInt16BE(packet.length, 2);
    packet.writeUInt8(++this.#number & 0xff, 6);
    data.copy(packet, HEADER_BYTES);
    return packet;
  }

  async #send(packets: Buffer[]): Promise<void> {
    if (packets.length === 0 || this.#socket.destroyed) return;
    if (this.#socket.write(Buffer.concat(packets))) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.on("drain", resolve).on("close", resolve);
    await promise;
    this.#socket.off("drain", resolve).off("close", resolve);
  }
}
