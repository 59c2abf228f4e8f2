import { isIP, type Socket } from "node:net";
import type { Readable } from "node:stream";
import * as tls from "node:tls";
import type sql from "mssql";
import { UnsafeServer } from "./errors.ts";
import type { SqlServerSettings } from "./settings.ts";

export type DriverConnection = Parameters<NonNullable<sql.config["beforeConnect"]>>[0];

/** What the types of the driver's connection leave out. */
interface Internals {
  readonly closed: boolean;
  readonly socket: Socket;
  /** The server that the one which was asked has sent us to. */
  readonly routingData?: { readonly server: string };
  readonly messageIo: { readonly securePair?: { readonly cleartext: tls.TLSSocket } };
  sendLogin7Packet(): void;
  createTokenStreamParser(...parts: unknown[]): NodeJS.EventEmitter & { readonly parser: Readable };
}

/** Has a look at the server before anything secret is sent: the driver goes on in the clear where encryption is refused. */
export function beforeLogin(
  connection: DriverConnection,
  look: (encrypted: tls.TLSSocket | undefined, routedTo: string | undefined) => void,
): void {
  const internals = connection as unknown as Internals;
  const logIn = internals.sendLogin7Packet;
  if (typeof logIn !== "function") throw new UnsafeServer("the driver does not tell when it logs in");
  internals.sendLogin7Packet = () => {
    const { socket, messageIo, routingData } = internals;
    look(
      messageIo.securePair?.cleartext ?? (socket instanceof tls.TLSSocket ? socket : undefined),
      routingData?.server,
    );
    logIn.call(connection);
  };
}

/**
 * An answer that the driver cannot understand breaks the connection, and one that goes on when the connection is closed is not
 * listened to: what the driver throws then nobody would catch, and the thread would end.
 */
export function breakOnGarbage(connection: DriverConnection): void {
  const internals = connection as unknown as Internals;
  const create = internals.createTokenStreamParser;
  internals.createTokenStreamParser = (...parts) => {
    const answer = create.apply(connection, parts);
    const giveUp = (error: Error) => {
      if (answer.listenerCount("error") > 0) answer.emit("error", error);
      internals.socket.destroy(error);
    };
    for (const event of ["data", "end"]) {
      const [take] = answer.parser.listeners(event) as ((token?: unknown) => void)[];
      answer.parser.off(event, take!);
      answer.parser.on(event, (token) => {
        if (internals.closed) return;
        try {
          take!(token);
        } catch (error) {
          giveUp(error as Error);
        }
      });
    }
    answer.parser.on("error", giveUp);
    return answer;
  };
}

/**
 * That a certificate was issued for the server's name the driver has made sure of, but not of its address.
 *
 * @param encrypted nothing where all would go in the clear.
 * @param routedTo the server in place of that which was asked.
 * @throws UnsafeServer
 */
export function assertSafe(
  encrypted: tls.TLSSocket | undefined,
  settings: SqlServerSettings,
  routedTo: string | undefined,
): void {
  const { host, encrypt, trustServerCertificate } = settings;
  if (!encrypt) return;
  if (!encrypted) {
    throw new UnsafeServer(
      "the server, or something before it, refuses encryption (DB_ENCRYPT=false sends the password and all data in the clear)",
    );
  }
  if (trustServerCertificate || isIP(host) === 0) return;
  const { authorizationError } = encrypted;
  const code = (authorizationError as { code?: string } | null)?.code ?? authorizationError;
  // Of another name than the address, which was offered in its place, it may well be.
  if (code && code !== "ERR_TLS_CERT_ALTNAME_INVALID")
    throw new UnsafeServer(`its certificate is not trusted: ${code}`);
  const mismatch = tls.checkServerIdentity(routedTo ?? host, encrypted.getPeerCertificate());
  if (mismatch) throw new UnsafeServer(`its certificate is not for this address: ${mismatch.message}`);
}
