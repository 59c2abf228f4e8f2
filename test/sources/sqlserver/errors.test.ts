import { describe, expect, test } from "vitest";
import { LoginRefusal, passing, type ServerMessage, sourceError } from "../../../src/sources/sqlserver/errors.ts";

const SERVER = { host: "db", port: 1433 };

function said(number: number, state = 1, severity = 14, message = "something"): ServerMessage & Error {
  return Object.assign(new Error(message), { number, state, class: severity });
}

describe("what a server says passes", () => {
  test.each([
    ["a failed login while it shuts down, state 16", said(18456, 16), "away"],
    ["a failed login while a database recovers, state 38", said(18456, 38), "away"],
    ["a failed login, state 23", said(18456, 23), "away"],
    ["a wrong password", said(18456, 1), undefined],
    ["a locked account", said(18486), undefined],
    ["the end of its session", said(596, 1, 21), "away"],
    ["a shutdown", said(6005, 1, 10), "away"],
    ["a restore", said(927), "away"],
    ["a replica that takes no reads", said(976), "away"],
    ["an availability group without a primary", said(983), "away"],
    ["an upgrade of its scripts", said(18401), "away"],
    ["a database of the cloud that is moved", said(40613), "away"],
    ["any error that ends the connection", said(50000, 1, 20), "away"],
    ["a damaged page", said(824, 2, 24), undefined],
    ["a deadlock", said(1205, 1, 13), "again"],
    ["a missing table", said(208, 1, 16), undefined],
  ])("or not: %s", (_name, error, expected) => {
    expect(passing(error)).toBe(expected);
  });

  test.each([
    ["a connection that is refused", { name: "ConnectionError", code: "ESOCKET", message: "ECONNREFUSED" }, "away"],
    [
      "a connection that ends between two requests",
      { code: "EREQUEST", message: "unexpected end of message stream" },
      "again",
    ],
    ["a reset", { code: "ECONNRESET", number: "ECONNRESET", message: "socket hang up" }, "again"],
    [
      "a corrupt record of TLS",
      { code: "ERR_SSL_BAD_RECORD_MAC", number: "ERR_SSL_BAD_RECORD_MAC", message: "mac" },
      "again",
    ],
    ["an answer that makes no sense", { code: "EREQUEST", message: "Unsupported dataLength 36 for IntN" }, "again"],
    [
      "a certificate nobody vouches for",
      { name: "ConnectionError", code: "ESOCKET", message: "self signed certificate" },
      undefined,
    ],
    [
      "a server that insists on encryption",
      { name: "ConnectionError", code: "EENCRYPT", message: "needs it" },
      undefined,
    ],
  ])("or what the driver says: %s", (_name, error, expected) => {
    expect(passing(error)).toBe(expected);
  });
});

test.each([
  [
    [said(4060, 1, 11, 'Cannot open database "shop".'), said(18456)],
    'error 4060, state 1: Cannot open database "shop". (check DB_NAME and the user\'s access to it)',
  ],
  [
    [said(927, 2, 14, "It is in the middle of a restore."), said(4060), said(18456)],
    "error 927, state 2: It is in the middle of a restore. (the database of DB_NAME is being restored)",
  ],
  [
    [said(18486, 1, 14, "The account is currently locked out.")],
    "error 18486, state 1: The account is currently locked out. (the login of DB_USER is locked: unlock it)",
  ],
  [
    [said(18487, 1, 14, "The password has expired.")],
    "error 18487, state 1: The password has expired. (the password has expired: set a new one, and DB_PASSWORD)",
  ],
  [[said(18456, 38, 14, "Login failed.")], "error 18456, state 38: Login failed. (it starts, recovers or shuts down)"],
  [
    [said(40615, 1, 14, "Client is not allowed\nto access the server.")],
    "error 40615, state 1: Client is not allowed to access the server. (let this machine's address through the server's firewall)",
  ],
])("a refused login tells its cause in one line, not that the login failed", (messages, expected) => {
  const { message, unavailable } = sourceError(new LoginRefusal(messages), SERVER);
  expect(message).toBe(`SQL Server db:1433: ${expected}`);
  expect(unavailable).toBe(true);
});

test("what one statement fails of is not said of the server as a whole", () => {
  expect(sourceError(said(1205), SERVER).unavailable).toBe(false);
  expect(sourceError(said(208), SERVER).unavailable).toBe(false);
  expect(sourceError(said(983), SERVER).unavailable).toBe(true);
});

test("who waited in vain is told how long, and what sets that", () => {
  expect(sourceError(said(983), SERVER, 300.4).message).toMatch(/\(waited for 300 s, as FORECAST_PATIENCE says\)$/);
});
