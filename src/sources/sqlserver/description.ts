import type { OpenedSource } from "../description.ts";
import { readSqlServerSettings, SQL_SERVER_SETTINGS, type SqlServerSettings } from "./settings.ts";

const TABLES = ["OrderItem", "Order", "ClientAgreement", "Product", "Client"];

export const SQL_SERVER: OpenedSource<SqlServerSettings> = {
  words: "SQL Server",
  settings: SQL_SERVER_SETTINGS,
  adviceOnFailure: "the variables of DB_*",
  read: readSqlServerSettings,
  open: async (settings, waits) => {
    const { SqlServerSource } = await import("./source.ts");
    return new SqlServerSource(settings, waits);
  },
  grants: ({ user }) => TABLES.map((table) => `GRANT SELECT ON dbo.[${table}] TO [${user}];`).join(" "),
};
