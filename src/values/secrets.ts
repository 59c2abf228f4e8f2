/** Shorter ones would be found in nearly every line. */
const LEAST_LENGTH = 4;

const secrets = new Set<string>();

/** Makes a value one that no line of the log may hold. */
export function keepSecret(secret: string): void {
  if (secret.length >= LEAST_LENGTH) secrets.add(secret);
}

/** The text with stars in place of all secrets, also of those that were escaped for JSON or a URL. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of secrets) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      clean = clean.replaceAll(form, "********");
    }
  }
  return clean;
}
