// A SQL Server endpoint in a process of its own: prints its port, and at the end of its input how much it has sent.
import { startTdsServer } from "../../test/tds/server.ts";

const [database = ""] = process.argv.slice(2);
const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
console.log(server.port);
for await (const _ of process.stdin);
console.log(server.bytesSent());
process.exit(0);
