// Builds dist/forecast for this machine.
import { compile } from "./compile.ts";
import { BINARY } from "./up-to-date.ts";

await compile(BINARY);
