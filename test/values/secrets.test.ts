import { expect, test } from "vitest";
import { Given } from "../../src/values/given.ts";
import { withoutSecrets } from "../../src/values/secrets.ts";

const PASSWORD = { env: "A_PASSWORD", secret: true, description: "", allowed: "", parse: (text: string) => text };

test("a secret that was given is starred out, also where it is escaped", () => {
  const secret = 'p"ss wörd\\';
  expect(withoutSecrets(secret)).toBe(secret);
  new Given({}, { A_PASSWORD: secret }).value(PASSWORD);
  for (const form of [secret, JSON.stringify(secret), encodeURIComponent(secret)]) {
    expect(withoutSecrets(`args: ${form}, ${form}`)).toMatch(/^args: "?\*{8}"?, "?\*{8}"?$/);
  }
});

test("a secret too short to be one leaves words as they are", () => {
  new Given({}, { A_PASSWORD: "a" }).value(PASSWORD);
  expect(withoutSecrets("a product")).toBe("a product");
});
