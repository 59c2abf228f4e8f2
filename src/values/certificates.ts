import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Given } from "./given.ts";
import { text } from "./kinds.ts";
import { type Setting, UsageError } from "./setting.ts";

/** What a client shows of itself, and whom it believes, when it speaks TLS: PEM texts. */
export interface Certificates {
  /** Authorities that count in place of all others. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

interface CertificateSettings {
  readonly ca: Setting<string> & { readonly env: string };
  readonly cert: Setting<string> & { readonly env: string };
  readonly key: Setting<string> & { readonly env: string };
}

/**
 * @param prefix of the variables, such as DB.
 * @param server what it is called.
 */
export function certificateSettings(prefix: string, server: string): CertificateSettings {
  return {
    ca: {
      env: `${prefix}_CA`,
      description: `file with the certificate authorities that may vouch for ${server}, and no others (PEM)`,
      ...text("FILE"),
    },
    cert: {
      env: `${prefix}_CERT`,
      description: `file with the certificate that ${server} is shown (PEM)`,
      ...text("FILE"),
    },
    key: { env: `${prefix}_KEY`, description: `file with the key of ${prefix}_CERT (PEM)`, ...text("FILE") },
  };
}

/** @throws UsageError for a file that cannot be read or is no PEM, and for a certificate without the key that belongs to it. */
export function readCertificates(given: Given, settings: CertificateSettings): Certificates {
  const { ca, cert, key } = settings;
  if ((given.value(cert) === undefined) !== (given.value(key) === undefined)) {
    throw new UsageError(`${cert.env} and ${key.env} go together, and only one of them is set`);
  }
  const pem = (setting: CertificateSettings["ca"], what: "certificate" | "key") => {
    const file = given.value(setting);
    return file === undefined ? undefined : pemIn(file, setting.env, what);
  };
  const texts = { ca: pem(ca, "certificate"), cert: pem(cert, "certificate"), key: pem(key, "key") };
  if (texts.cert !== undefined && texts.key !== undefined && !belongTogether(texts.cert, texts.key)) {
    throw new UsageError(
      `${key.env}: ${given.value(key)} is not the key of the certificate in ${cert.env}, or has a password`,
    );
  }
  return texts;
}

function belongTogether(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;
const KEY = /-----BEGIN (\w+ )*PRIVATE KEY-----.*?-----END (\w+ )*PRIVATE KEY-----/gs;

function pemIn(file: string, name: string, what: "certificate" | "key"): string {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${name}: ${file} cannot be read: ${(error as Error).message}`);
  }
  const found = content.match(what === "key" ? KEY : CERTIFICATE) ?? [];
  if (found.length === 0) throw new UsageError(`${name}: ${file} holds no ${what} in PEM`);
  const broken = what === "certificate" && found.some((pem) => !isCertificate(pem));
  if (broken) throw new UsageError(`${name}: ${file} holds a certificate that cannot be read`);
  return `${found.join("\n")}\n`;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
