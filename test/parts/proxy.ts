import { connect, createServer, type Socket } from "node:net";

/** What a proxy does with what passes; `connection` counts from 0. */
export interface Passing {
  /** Of the client. @returns what the server gets. */
  commands?(data: Buffer, connection: number): Buffer;
  /** Of the server. @returns what the client gets. */
  answers?(data: Buffer, connection: number, client: Socket): Buffer;
  /** Bytes a second that the server gets. */
  readonly pace?: number;
  /** Milliseconds by which each answer is late. */
  readonly delay?: number;
}

export interface Proxy {
  readonly port: number;
  stop(): void;
}

/** A TCP server before another one, which a test can break. */
export async function proxyTo(target: number, passing: Passing, port = 0): Promise<Proxy> {
  const { commands = (data) => data, answers = (data) => data, pace = Number.POSITIVE_INFINITY, delay = 0 } = passing;
  let connections = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const connection = connections++;
    const server = connect(target, "127.0.0.1");
    for (const socket of [client, server]) sockets.add(socket.on("error", () => {}));
    client
      .on("data", (data) => {
        server.write(commands(Buffer.from(data), connection));
        if (pace === Number.POSITIVE_INFINITY) return;
        client.pause();
        setTimeout(() => client.resume(), (1000 * data.length) / pace);
      })
      .on("close", () => server.destroy());
    server
      .on("data", (data) => {
        const answer = answers(Buffer.from(data), connection, client);
        if (delay > 0) setTimeout(() => client.write(answer), delay);
        else client.write(answer);
      })
      .on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve));
  return {
    port: (proxy.address() as { port: number }).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
